"""The inventory of the commissions that exist on a territory."""

from uuid import UUID

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from commission_app.accounts.queries import chosen_territory, territories_for
from commission_app.accounts.states import Role
from commission_app.accounts.web import me
from commission_app.core.db import commit
from commission_app.core.errors import NotFoundError, StaleError
from commission_app.core.web import see
from commission_app.library.blueprint import bp
from commission_app.library.inventory.forms import CommissionForm
from commission_app.library.inventory.queries import commissions_of, get_commission
from commission_app.library.inventory.services import add_commission, change_commission, remove_commission
from commission_app.library.models import ExistingCommission
from commission_app.library.policies import READERS, can_keep_inventory
from commission_app.territories.models import Territory

EVERYBODY = (*READERS, Role.ADMINISTRATOR)


@bp.get("/commissions-existantes")
def inventory() -> str:
    """The commissions of a territory and what the partners propose for them."""
    territory = _territory()
    return render_template(
        "library/inventory.html",
        territory=territory,
        territory_choices=[(one.id, one.name) for one in territories_for(me(), *EVERYBODY)],
        commissions=commissions_of(territory.id),
        keeps=can_keep_inventory(me(), territory.id),
    )


@bp.get("/commissions-existantes/nouvelle")
def new_commission() -> str:
    """The form of one more."""
    return render_template("library/commission_new.html", territory=_kept(), form=CommissionForm())


@bp.post("/commissions-existantes/nouvelle")
def create_commission() -> ResponseReturnValue:
    """Write one down."""
    territory, form = _kept(), CommissionForm()
    if not form.validate():
        return render_template("library/commission_new.html", territory=territory, form=form), 422
    values = {name: value for name, value in form.payload().items() if name != "version"}
    add_commission(me(), territory_id=territory.id, **values)
    commit()
    return see(_url(territory.id), "La commission est dans l’inventaire.")


@bp.get("/commissions-existantes/<uuid:commission_id>")
def edit_commission(commission_id: UUID) -> str:
    """The form that reviews one."""
    found = _changeable(commission_id)
    return _page(found, CommissionForm(obj=found))


@bp.post("/commissions-existantes/<uuid:commission_id>")
def save_commission(commission_id: UUID) -> ResponseReturnValue:
    """Review one; a stale form shows both texts."""
    found, form = _changeable(commission_id), CommissionForm()
    if not form.validate():
        return _page(found, form), 422
    try:
        change_commission(me(), found, **form.payload())
    except StaleError:
        form.version.raw_data, form.version.data = None, found.version
        return _page(found, form, theirs=found), 409
    commit()
    return see(_url(found.territory_id), "L’inventaire est à jour.")


@bp.post("/commissions-existantes/<uuid:commission_id>/retirer")
def delete_commission(commission_id: UUID) -> ResponseReturnValue:
    """Take one off the list."""
    found = _changeable(commission_id)
    territory_id = found.territory_id
    remove_commission(me(), found)
    commit()
    return see(_url(territory_id), "La commission est retirée de l’inventaire.")


def _url(territory_id: UUID) -> str:
    return url_for("library.inventory", territoire=territory_id)


def _territory() -> Territory:
    return chosen_territory(me(), request.args.get("territoire", type=UUID), *EVERYBODY)


def _kept() -> Territory:
    territory = _territory()
    if not can_keep_inventory(me(), territory.id):
        raise NotFoundError()
    return territory


def _changeable(commission_id: UUID) -> ExistingCommission:
    found = get_commission(me(), commission_id)
    if not can_keep_inventory(me(), found.territory_id):
        raise NotFoundError()
    return found


def _page(found: ExistingCommission, form: CommissionForm, theirs: ExistingCommission | None = None) -> str:
    return render_template("library/commission_edit.html", found=found, form=form, theirs=theirs)
