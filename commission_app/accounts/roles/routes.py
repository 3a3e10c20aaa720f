"""Acts of the administration on roles."""

from typing import Any
from uuid import UUID

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue

from commission_app.accounts.models import Membership, User
from commission_app.accounts.people.routes import account_page
from commission_app.accounts.policies import can_manage_accounts
from commission_app.accounts.queries import get_account, territories_for
from commission_app.accounts.roles.forms import EndMembershipForm, membership_form
from commission_app.accounts.roles.queries import get_membership
from commission_app.accounts.roles.services import end_membership, grant_membership
from commission_app.accounts.web import me
from commission_app.core.db import commit, rollback
from commission_app.core.errors import InvalidInputError, NotFoundError
from commission_app.core.web import see

bp = Blueprint("roles", __name__, url_prefix="/comptes/<uuid:user_id>/roles")


@bp.before_request
def _administration_only() -> None:
    if not can_manage_accounts(me()):
        raise NotFoundError()


@bp.post("")
def create(user_id: UUID) -> ResponseReturnValue:
    """Give a person a role."""
    user, territories = get_account(me(), user_id), territories_for(me())
    form = membership_form(blank=False, territories=territories)
    if not form.validate():
        return account_page(user, form, 422)
    place = next((one for one in territories if one.id == form.territory_id.data), None)
    days: dict[str, Any] = {"starts_on": form.starts_on.data, "ends_on": form.ends_on.data}
    try:
        grant_membership(me(), user, role=form.role_held.data, territory=place, **days)
    except InvalidInputError as refused:
        rollback()
        form.refuse(refused.message, field=refused.field)
        return account_page(get_account(me(), user_id), form, 422)
    commit()
    return see(url_for("accounts.show", user_id=user_id), "Le rôle est donné.")


@bp.get("/<uuid:membership_id>/fin")
def ending(user_id: UUID, membership_id: UUID) -> ResponseReturnValue:
    """What ending a role will do, at once or after a day."""
    user = get_account(me(), user_id)
    return _ending(user, get_membership(user, membership_id), EndMembershipForm(formdata=None))


@bp.post("/<uuid:membership_id>/fin")
def end(user_id: UUID, membership_id: UUID) -> ResponseReturnValue:
    """Take a role back at once."""
    membership = get_membership(get_account(me(), user_id), membership_id)
    end_membership(me(), membership)
    commit()
    return see(url_for("accounts.show", user_id=user_id), "Le rôle a pris fin.")


@bp.post("/<uuid:membership_id>/dernier-jour")
def date(user_id: UUID, membership_id: UUID) -> ResponseReturnValue:
    """Say on which day a role ends."""
    user = get_account(me(), user_id)
    membership, form = get_membership(user, membership_id), EndMembershipForm()
    if not form.validate():
        return _ending(user, membership, form, 422)
    try:
        end_membership(me(), membership, last_day=form.last_day.data)
    except InvalidInputError as refused:
        form.refuse(refused.message, field=refused.field)
        return _ending(user, membership, form, 422)
    commit()
    return see(url_for("accounts.show", user_id=user_id), "Le dernier jour du rôle est fixé.")


def _ending(
    user: User, membership: Membership, form: EndMembershipForm, status: int = 200
) -> ResponseReturnValue:
    page = render_template("accounts/role_end.html", user=user, membership=membership, form=form)
    return page, status
