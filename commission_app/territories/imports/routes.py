"""Bringing lists: paste or choose, look at what it would do, confirm."""

from collections.abc import Callable
from dataclasses import dataclass

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from commission_app.core.db import commit
from commission_app.core.errors import InvalidInputError
from commission_app.core.french import plural
from commission_app.core.web import invalid, see
from commission_app.territories.imports.forms import ImportForm
from commission_app.territories.imports.queries import Plan, plan_communes, plan_structures
from commission_app.territories.imports.services import import_communes, import_structures
from commission_app.territories.policies import Actor
from commission_app.territories.web import administration_only, me

bp = Blueprint("imports", __name__)
bp.before_request(administration_only)


@dataclass(frozen=True)
class Kind:
    """One kind of list: its words, its columns, how it is looked at and taken."""

    endpoint: str
    title: str
    noun: str
    example: str
    back: str
    plan: Callable[[str], Plan]
    take: Callable[..., Plan]


STRUCTURES = Kind(
    "imports.structures",
    "Importer des structures",
    "structure",
    "nom;type;territoires;siret;commune;adresse;téléphone;courriel;label",
    "structures.index",
    plan_structures,
    import_structures,
)
COMMUNES = Kind(
    "imports.communes",
    "Importer des communes",
    "commune",
    "territoire;code insee",
    "territories.index",
    plan_communes,
    import_communes,
)


@bp.get("/structures/importer")
def structures() -> ResponseReturnValue:
    """Bring structures."""
    return render_template("territories/import.html", form=ImportForm(formdata=None), kind=STRUCTURES)


@bp.post("/structures/importer")
def send_structures() -> ResponseReturnValue:
    """Show what the list would do, or do it."""
    return _receive(me(), STRUCTURES)


@bp.get("/territoires/importer")
def communes() -> ResponseReturnValue:
    """Bring communes of territories."""
    return render_template("territories/import.html", form=ImportForm(formdata=None), kind=COMMUNES)


@bp.post("/territoires/importer")
def send_communes() -> ResponseReturnValue:
    """Show what the list would do, or do it."""
    return _receive(me(), COMMUNES)


def _receive(actor: Actor, kind: Kind) -> ResponseReturnValue:
    form = ImportForm()
    if not form.validate():
        return invalid("territories/import.html", form=form, kind=kind)
    try:
        plan = kind.plan(str(form.text.data))
        if request.form.get("confirm") == "1":
            return _take(actor, kind, str(form.text.data))
    except InvalidInputError as refused:
        form.refuse(refused.message, field="text")
        return invalid("territories/import.html", form=form, kind=kind)
    status = 422 if plan.errors else 200
    return render_template("territories/import.html", form=form, kind=kind, plan=plan), status


def _take(actor: Actor, kind: Kind, text: str) -> ResponseReturnValue:
    plan = kind.take(actor, text=text)
    commit()
    done = f"{plural(plan.created, kind.noun)} en plus, {plural(plan.updated, kind.noun)} déjà là."
    return see(url_for(kind.back), f"La liste est importée : {done}")
