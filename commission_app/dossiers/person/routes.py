"""Opening an identity: shown once, in the answer to the act that notes it; and pages that show it to its
référent, which note each look."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from flask import Blueprint, render_template

from commission_app.accounts.web import me
from commission_app.core.db import begin_to_write, commit
from commission_app.core.web import invalid, is_htmx
from commission_app.dossiers.person.forms import ReasonForm
from commission_app.dossiers.person.services import read_identity
from commission_app.dossiers.queries import get_dossier, get_dossier_to_change

bp = Blueprint("person", __name__)
View = Callable[..., Any]


def noting(**when: str) -> Callable[[View], View]:
    """A page that is looked at and writes down that it was, in one transaction; what it refuses is noted
    nowhere. `when` narrows this to an address with these parts."""

    def made(view: View) -> View:
        @wraps(view)
        def noted(**names: Any) -> Any:
            if any(names[name] != value for name, value in when.items()):
                return view(**names)
            begin_to_write()
            answer = view(**names)
            commit()
            return answer

        return noted

    return made


@bp.get("/dossiers/<uuid:dossier_id>/identite")
def ask(dossier_id: UUID) -> str:
    """Ask for the reason; nothing is shown yet."""
    dossier = get_dossier(me(), dossier_id)
    return render_template("dossiers/identity.html", dossier=dossier, form=ReasonForm(), person=None)


@bp.post("/dossiers/<uuid:dossier_id>/identite")
def read(dossier_id: UUID) -> Any:
    """Note the reading with its reason and show the identity."""
    dossier = get_dossier_to_change(me(), dossier_id)
    form = ReasonForm()
    template = "dossiers/_identity.html" if is_htmx() else "dossiers/identity.html"
    if not form.validate():
        return invalid(template, dossier=dossier, form=form, person=None)
    person = read_identity(me(), dossier, reason=form.reason.data)
    commit()
    return render_template(template, dossier=dossier, form=form, person=person)
