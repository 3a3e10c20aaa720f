"""Pages of structures."""

from typing import Any
from uuid import UUID

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from commission_app.core.db import commit, rollback
from commission_app.core.errors import InvalidInputError, StaleError
from commission_app.core.forms import uuid_or_none
from commission_app.core.web import see
from commission_app.territories.models import Structure, Territory
from commission_app.territories.queries import commune_choices, communes_by_code, territory_choices
from commission_app.territories.services import set_places
from commission_app.territories.states import StructureKind
from commission_app.territories.structures.forms import StructureForm
from commission_app.territories.structures.queries import get_structure, list_structures
from commission_app.territories.structures.services import (
    archive_structure,
    create_structure,
    edit_structure,
    restore_structure,
)
from commission_app.territories.web import administration_only, me

bp = Blueprint("structures", __name__, url_prefix="/structures")
bp.before_request(administration_only)


@bp.get("")
def index() -> ResponseReturnValue:
    """All structures, searched and filtered."""
    kind = request.args.get("type", "")
    wanted: dict[str, Any] = {
        "words": request.args.get("q", ""),
        "kind": StructureKind(kind) if kind in set(StructureKind) else None,
        "territory_id": request.args.get("territoire", None, uuid_or_none),
        "archived": request.args.get("etat") == "archivees",
    }
    page = list_structures(me(), number=request.args.get("page", 1, int), **wanted)
    territories = [(one.id, one.name) for one in territory_choices(me())]
    return render_template(
        "territories/structures.html", page=page, wanted=wanted, territories=territories, kinds=StructureKind
    )


@bp.get("/nouvelle")
def new() -> ResponseReturnValue:
    """The form of a new structure."""
    form, _territories = _form(StructureForm(formdata=None))
    return render_template("territories/structure_edit.html", form=form, structure=None)


@bp.post("")
def create() -> ResponseReturnValue:
    """Write a structure down."""
    form, territories = _form(StructureForm())
    if not form.validate():
        return _refused(form, None)
    try:
        structure = create_structure(me(), **_values(form))
    except InvalidInputError as refused:
        form.refuse(refused.message, field=refused.field)
        return _refused(form, None)
    set_places(me(), structure, _places(form, territories))
    commit()
    return see(url_for("structures.show", structure_id=structure.id), "La structure est ajoutée.")


@bp.get("/<uuid:structure_id>")
def show(structure_id: UUID) -> ResponseReturnValue:
    """One structure."""
    return render_template("territories/structure.html", structure=get_structure(me(), structure_id))


@bp.get("/<uuid:structure_id>/modifier")
def edit(structure_id: UUID) -> ResponseReturnValue:
    """The form of a structure."""
    structure = get_structure(me(), structure_id)
    return render_template("territories/structure_edit.html", form=_kept(structure), structure=structure)


@bp.post("/<uuid:structure_id>/modifier")
def update(structure_id: UUID) -> ResponseReturnValue:
    """Correct a structure."""
    structure = get_structure(me(), structure_id)
    form, territories = _form(StructureForm())
    if not form.validate():
        return _refused(form, structure)
    try:
        edit_structure(me(), structure, version=form.version.data or 0, **_values(form))
        set_places(me(), structure, _places(form, territories))
        commit()
    except InvalidInputError as refused:
        form.refuse(refused.message, field=refused.field)
        rollback()
        return _refused(form, get_structure(me(), structure_id), status=refused.status)
    except StaleError as refused:
        rollback()
        structure = get_structure(me(), structure_id)
        form.keep_beside(_kept(structure))
        return _refused(form, structure, status=refused.status)
    return see(url_for("structures.show", structure_id=structure_id), "La structure est modifiée.")


@bp.post("/<uuid:structure_id>/archiver")
def archive(structure_id: UUID) -> ResponseReturnValue:
    """Take the structure out of use."""
    archive_structure(me(), get_structure(me(), structure_id))
    commit()
    return see(url_for("structures.show", structure_id=structure_id), "La structure est archivée.")


@bp.post("/<uuid:structure_id>/reprendre")
def restore(structure_id: UUID) -> ResponseReturnValue:
    """Take the structure into use again."""
    restore_structure(me(), get_structure(me(), structure_id))
    commit()
    return see(
        url_for("structures.show", structure_id=structure_id), "La structure est de nouveau en service."
    )


def _form(form: StructureForm) -> tuple[StructureForm, list[Territory]]:
    """The form, offering the territories in use and the communes known."""
    territories = territory_choices(me())
    form.territory_ids.choices = [(str(one.id), one.name) for one in territories]
    form.insee.choices = [("", "Non renseignée"), *((one.insee, one.name) for one in commune_choices())]
    return form, territories


def _values(form: StructureForm) -> dict[str, Any]:
    values = {name: one for name, one in form.payload().items() if name not in ("version", "territory_ids")}
    insee = values.pop("insee")
    values["commune"] = communes_by_code([insee]).get(insee) if insee else None
    return values


def _places(form: StructureForm, territories: list[Territory]) -> list[Territory]:
    chosen = set(form.territory_ids.data or ())
    return [one for one in territories if one.id in chosen]


def _kept(structure: Structure) -> StructureForm:
    """The form that says what is kept of a structure."""
    places = [one.id for one in structure.territories]
    return _form(StructureForm(formdata=None, obj=structure, territory_ids=places))[0]


def _refused(form: StructureForm, structure: Structure | None, status: int = 422) -> ResponseReturnValue:
    return render_template("territories/structure_edit.html", form=form, structure=structure), status
