"""The directory of binômes: who to call, and who keeps it true."""

from typing import Any
from uuid import UUID

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from commission_app.accounts.queries import chosen_territory, territories_for
from commission_app.accounts.web import me
from commission_app.binomes.forms import (
    COMPETENCES,
    ChangeBinomeForm,
    CompetencesForm,
    EndBinomeForm,
    NewBinomeForm,
)
from commission_app.binomes.models import Binome
from commission_app.binomes.policies import READERS, can_edit_competences, can_manage_binomes
from commission_app.binomes.queries import (
    directory,
    get_binome,
    people_of_structure,
    structures_without_pair,
    with_duties,
)
from commission_app.binomes.services import change_binome, create_binome, end_binome, set_competences
from commission_app.binomes.urgent.pages import shown
from commission_app.binomes.urgent.queries import running_requests
from commission_app.core.db import commit, rollback
from commission_app.core.errors import InvalidInputError, NotFoundError, StaleError
from commission_app.core.forms import VersionedForm
from commission_app.core.pages import Page
from commission_app.core.policies import require
from commission_app.core.web import see
from commission_app.territories.models import Structure, Territory

bp = Blueprint("binomes", __name__, url_prefix="/binomes")

PAGE_SIZE = 20


@bp.get("")
def index() -> str:
    """Who to call on a territory, the running urgent requests first."""
    territory = _territory()
    text, competence = request.args.get("mot", ""), request.args.get("competence", "")
    pairs = directory(territory.id, text=text, competence=competence)
    number = max(1, request.args.get("page", 1, type=int))
    manages = can_manage_binomes(me(), territory.id)
    return render_template(
        "binomes/index.html",
        territory=territory,
        territory_choices=[(one.id, one.name) for one in territories_for(me(), *READERS)],
        page=Page(pairs[(number - 1) * PAGE_SIZE : number * PAGE_SIZE], number, PAGE_SIZE, len(pairs), False),
        reachable=sum(bool(duty.holder) for pair in pairs for duty in (pair.cadre, pair.technicien)),
        requests=[shown(me(), one) for one in running_requests(me(), territory.id)],
        unnamed=structures_without_pair(territory.id),
        manages=manages,
        competences=COMPETENCES,
        text=text,
        competence=competence,
    )


@bp.get("/nouveau/<uuid:structure_id>")
def new(structure_id: UUID) -> str:
    """The form that names a pair for a structure of the territory."""
    territory, structure = _place(structure_id)
    return _page_new(territory, structure, _new_form(territory, structure))


@bp.post("/nouveau/<uuid:structure_id>")
def create(structure_id: UUID) -> ResponseReturnValue:
    """Name the pair."""
    territory, structure = _place(structure_id)
    form = _new_form(territory, structure)
    if not form.validate():
        return _page_new(territory, structure, form), 422
    values = {name: value for name, value in form.payload().items() if name != "version"}
    try:
        create_binome(me(), territory, structure, **values)
    except InvalidInputError as error:
        form.refuse(error.message, field=error.field)
        return _page_new(territory, structure, form), 422
    commit()
    return see(_index(territory.id), f"{structure.name} : le binôme est désigné.")


@bp.get("/<uuid:binome_id>")
def edit(binome_id: UUID) -> str:
    """One pair: its people, its dates, what it brings."""
    return _page_edit(_editable(binome_id))


@bp.post("/<uuid:binome_id>")
def change(binome_id: UUID) -> ResponseReturnValue:
    """Name other people from a day on."""
    binome = _editable(binome_id)
    form = _change_form(binome)
    if not form.validate():
        return _page_edit(binome, form), 422
    try:
        change_binome(me(), binome, **form.payload())
        commit()
    except InvalidInputError as error:
        form.refuse(error.message, field=error.field)
        return _page_edit(binome, form), error.status
    except StaleError as error:
        rollback()
        form.keep_beside(_change_form(binome, formdata=None), apart=("since",))
        return _page_edit(binome, form), error.status
    return see(_index(binome.territory_id), f"{binome.structure.name} : le binôme est à jour.")


@bp.post("/<uuid:binome_id>/competences")
def bring(binome_id: UUID) -> ResponseReturnValue:
    """Say what the structure brings."""
    binome = _editable(binome_id)
    set_competences(me(), binome, **CompetencesForm().payload())
    commit()
    return see(_index(binome.territory_id), f"{binome.structure.name} : les compétences sont à jour.")


@bp.post("/<uuid:binome_id>/fin")
def end(binome_id: UUID) -> ResponseReturnValue:
    """Let the pair end with a day."""
    binome = _editable(binome_id)
    form = EndBinomeForm()
    if not form.validate():
        return _page_edit(binome, form), 422
    end_binome(me(), binome, **form.payload())
    commit()
    return see(_index(binome.territory_id), f"{binome.structure.name} : le binôme a une date de fin.")


def _index(territory_id: UUID) -> str:
    return url_for("binomes.index", territoire=territory_id)


def _territory() -> Territory:
    return chosen_territory(me(), request.args.get("territoire", type=UUID), *READERS)


def _place(structure_id: UUID) -> tuple[Territory, Structure]:
    """The territory in the address and one of its structures that has named nobody."""
    territory = _territory()
    structure = next((one for one in structures_without_pair(territory.id) if one.id == structure_id), None)
    if structure is None or not can_manage_binomes(me(), territory.id):
        raise NotFoundError()
    return territory, structure


def _editable(binome_id: UUID) -> Binome:
    binome = get_binome(me(), binome_id)
    require(can_edit_competences(me(), binome), "La coordination et le cadre de la structure modifient ceci.")
    return binome


def _new_form(territory: Territory, structure: Structure) -> NewBinomeForm:
    form = NewBinomeForm()
    form.offer(people_of_structure(structure.id, territory.id))
    return form


def _change_form(binome: Binome, **given: Any) -> ChangeBinomeForm:
    form = ChangeBinomeForm(obj=binome, **given)
    form.offer(people_of_structure(binome.structure_id, binome.territory_id))
    return form


def _page_new(territory: Territory, structure: Structure, form: NewBinomeForm) -> str:
    return render_template("binomes/new.html", territory=territory, structure=structure, form=form)


def _page_edit(binome: Binome, form: VersionedForm | None = None) -> str:
    manages = can_manage_binomes(me(), binome.territory_id)
    competences_form = CompetencesForm(obj=binome, formdata=None)
    return render_template(
        "binomes/edit.html",
        binome=binome,
        pair=with_duties([binome])[0],
        manages=manages,
        form=form or (_change_form(binome) if manages else competences_form),
        end_form=EndBinomeForm(obj=binome, formdata=None) if manages else None,
    )
