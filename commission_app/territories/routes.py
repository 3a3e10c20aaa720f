"""Pages of territories and their communes."""

from uuid import UUID

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from commission_app.core.db import commit, rollback
from commission_app.core.errors import InvalidInputError, StaleError
from commission_app.core.web import is_htmx, see
from commission_app.territories.forms import NewTerritoryForm, TerritoryForm
from commission_app.territories.models import Territory
from commission_app.territories.queries import get_commune, get_territory, list_territories, search_communes
from commission_app.territories.services import (
    add_commune,
    archive_territory,
    create_territory,
    edit_territory,
    remove_commune,
    restore_territory,
)
from commission_app.territories.web import administration_only, me

bp = Blueprint("territories", __name__, url_prefix="/territoires")
bp.before_request(administration_only)


@bp.get("")
def index() -> ResponseReturnValue:
    """All territories."""
    return render_template("territories/index.html", rows=list_territories(me()))


@bp.get("/nouveau")
def new() -> ResponseReturnValue:
    """The form of a new territory."""
    return render_template("territories/edit.html", form=NewTerritoryForm(formdata=None), territory=None)


@bp.post("")
def create() -> ResponseReturnValue:
    """Open a territory."""
    form = NewTerritoryForm()
    if not form.validate():
        return _refused(form, None)
    values = {name: value for name, value in form.payload().items() if name != "version"}
    try:
        territory = create_territory(me(), **values)
    except InvalidInputError as refused:
        form.refuse(refused.message, field=refused.field)
        return _refused(form, None)
    commit()
    return see(_url(territory), "Le territoire est ouvert. Ajoutez ses communes.")


@bp.get("/<uuid:territory_id>")
def show(territory_id: UUID) -> ResponseReturnValue:
    """One territory with its communes and structures; `q` searches a commune to add."""
    words = request.args.get("q", "")
    territory = get_territory(me(), territory_id)
    found = search_communes(words, but=territory)
    template = "territories/_communes_found.html" if is_htmx() else "territories/show.html"
    return render_template(template, territory=territory, words=words, found=found)


@bp.get("/<uuid:territory_id>/modifier")
def edit(territory_id: UUID) -> ResponseReturnValue:
    """The form of a territory."""
    territory = get_territory(me(), territory_id)
    form = TerritoryForm(formdata=None, obj=territory)
    return render_template("territories/edit.html", form=form, territory=territory)


@bp.post("/<uuid:territory_id>/modifier")
def update(territory_id: UUID) -> ResponseReturnValue:
    """Change the name or the school zone."""
    territory, form = get_territory(me(), territory_id), TerritoryForm()
    if not form.validate():
        return _refused(form, territory)
    try:
        edit_territory(me(), territory, **form.payload())
        commit()
    except InvalidInputError as refused:
        form.refuse(refused.message, field=refused.field)
        rollback()
        return _refused(form, get_territory(me(), territory_id), status=refused.status)
    except StaleError as refused:
        rollback()
        territory = get_territory(me(), territory_id)
        form.keep_beside(TerritoryForm(formdata=None, obj=territory))
        return _refused(form, territory, status=refused.status)
    return see(_url(territory), "Le territoire est modifié.")


@bp.post("/<uuid:territory_id>/archiver")
def archive(territory_id: UUID) -> ResponseReturnValue:
    """Take the territory out of use."""
    territory = get_territory(me(), territory_id)
    archive_territory(me(), territory)
    commit()
    return see(_url(territory), "Le territoire est archivé.")


@bp.post("/<uuid:territory_id>/reprendre")
def restore(territory_id: UUID) -> ResponseReturnValue:
    """Take the territory into use again."""
    territory = get_territory(me(), territory_id)
    restore_territory(me(), territory)
    commit()
    return see(_url(territory), "Le territoire est de nouveau en service.")


@bp.post("/<uuid:territory_id>/communes")
def add(territory_id: UUID) -> ResponseReturnValue:
    """Add a commune."""
    territory, commune = get_territory(me(), territory_id), get_commune(request.form.get("insee", ""))
    add_commune(me(), territory, commune)
    commit()
    return see(_url(territory), f"{commune.name} est ajoutée au territoire.")


@bp.post("/<uuid:territory_id>/communes/retirer")
def remove(territory_id: UUID) -> ResponseReturnValue:
    """Take a commune out."""
    territory, commune = get_territory(me(), territory_id), get_commune(request.form.get("insee", ""))
    remove_commune(me(), territory, commune)
    commit()
    return see(_url(territory), f"{commune.name} est retirée du territoire.")


def _url(territory: Territory) -> str:
    return url_for("territories.show", territory_id=territory.id)


def _refused(form: TerritoryForm, territory: Territory | None, status: int = 422) -> ResponseReturnValue:
    return render_template("territories/edit.html", form=form, territory=territory), status
