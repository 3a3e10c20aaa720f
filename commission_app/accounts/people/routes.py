"""Pages of the administration of accounts."""

from typing import Any
from uuid import UUID

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from commission_app.accounts.models import User
from commission_app.accounts.people.forms import AccountForm
from commission_app.accounts.people.queries import (
    AccountFilter,
    list_accounts,
    reading_alerts_of,
    structure_choices,
)
from commission_app.accounts.people.services import (
    close_account,
    create_account,
    disconnect,
    edit_account,
    invite_again,
    reopen_account,
)
from commission_app.accounts.policies import can_manage_accounts
from commission_app.accounts.queries import get_account, open_logins, territories_for
from commission_app.accounts.roles.forms import MembershipForm, membership_form
from commission_app.accounts.states import AccountState, Role
from commission_app.accounts.web import config, me
from commission_app.core.db import commit, rollback
from commission_app.core.errors import InvalidInputError, NotFoundError, StaleError
from commission_app.core.forms import uuid_or_none
from commission_app.core.french import plural
from commission_app.core.outbox import wake
from commission_app.core.web import see
from commission_app.territories.models import Structure

bp = Blueprint("accounts", __name__, url_prefix="/comptes")


@bp.before_request
def _administration_only() -> None:
    if not can_manage_accounts(me()):
        raise NotFoundError()


@bp.get("")
def index() -> ResponseReturnValue:
    """All accounts, searched and filtered."""
    wanted = _wanted()
    page = list_accounts(me(), wanted, number=request.args.get("page", 1, int))
    return render_template(
        "accounts/index.html",
        page=page,
        wanted=wanted,
        territories_choices=[(one.id, one.name) for one in territories_for(me())],
        structures_choices=[(one.id, one.name) for one in structure_choices()],
        roles=Role,
        states=AccountState,
    )


@bp.get("/nouveau")
def new() -> ResponseReturnValue:
    """The form of a new account."""
    form = _account_form(AccountForm(formdata=None, structure_id=_uuid_arg("structure")))
    return render_template("accounts/edit.html", form=form, user=None)


@bp.post("")
def create() -> ResponseReturnValue:
    """Prepare the account and send its invitation."""
    form = _account_form(AccountForm())
    if not form.validate():
        return _refused(form, None)
    try:
        user = create_account(me(), **_values(form))
    except InvalidInputError as refused:
        form.refuse(refused.message, field=refused.field)
        return _refused(form, None)
    commit()
    wake()
    return see(
        url_for("accounts.show", user_id=user.id), "Le compte est prêt, l’invitation part par courriel."
    )


@bp.get("/<uuid:user_id>")
def show(user_id: UUID) -> ResponseReturnValue:
    """One account: identity, roles, devices, acts."""
    return account_page(
        get_account(me(), user_id), membership_form(blank=True, territories=territories_for(me()))
    )


@bp.get("/<uuid:user_id>/modifier")
def edit(user_id: UUID) -> ResponseReturnValue:
    """The form of an account."""
    user = get_account(me(), user_id)
    form = _account_form(AccountForm(formdata=None, obj=user))
    return render_template("accounts/edit.html", form=form, user=user)


@bp.post("/<uuid:user_id>/modifier")
def update(user_id: UUID) -> ResponseReturnValue:
    """Correct who a person is."""
    user, form = get_account(me(), user_id), _account_form(AccountForm())
    if not form.validate():
        return _refused(form, user)
    try:
        edit_account(me(), user, version=form.version.data or 0, **_values(form))
        commit()
    except InvalidInputError as refused:
        form.refuse(refused.message, field=refused.field)
        return _refused(form, get_account(me(), user_id), status=refused.status)
    except StaleError as refused:
        rollback()
        user = get_account(me(), user_id)
        form.keep_beside(_account_form(AccountForm(formdata=None, obj=user)))
        return _refused(form, user, status=refused.status)
    return see(url_for("accounts.show", user_id=user_id), "Le compte est modifié.")


@bp.post("/<uuid:user_id>/inviter")
def invite(user_id: UUID) -> ResponseReturnValue:
    """Send the invitation anew."""
    invite_again(me(), get_account(me(), user_id))
    commit()
    wake()
    return see(url_for("accounts.show", user_id=user_id), "Une nouvelle invitation part par courriel.")


@bp.get("/<uuid:user_id>/fermer")
def closing(user_id: UUID) -> ResponseReturnValue:
    """What closing the account will do."""
    return render_template("accounts/close.html", user=get_account(me(), user_id))


@bp.post("/<uuid:user_id>/fermer")
def close(user_id: UUID) -> ResponseReturnValue:
    """Close the account and cut its devices."""
    close_account(me(), get_account(me(), user_id))
    commit()
    return see(url_for("accounts.show", user_id=user_id), "Le compte est fermé.")


@bp.post("/<uuid:user_id>/rouvrir")
def reopen(user_id: UUID) -> ResponseReturnValue:
    """Open the account again."""
    reopen_account(me(), get_account(me(), user_id))
    commit()
    return see(url_for("accounts.show", user_id=user_id), "Le compte est ouvert de nouveau.")


@bp.post("/<uuid:user_id>/deconnecter")
def cut(user_id: UUID) -> ResponseReturnValue:
    """End every login of a person."""
    count = disconnect(me(), get_account(me(), user_id))
    commit()
    return see(url_for("accounts.show", user_id=user_id), f"{plural(count, 'appareil')} : connexion coupée.")


def account_page(user: User, form: MembershipForm, status: int = 200) -> ResponseReturnValue:
    """The page of an account, with a form for a further role."""
    logins = open_logins(user, idle_minutes=config().login_idle_minutes)
    shown = {"user": user, "form": form, "logins": logins, "alerts": reading_alerts_of(user)}
    return render_template("accounts/show.html", **shown), status


def _wanted() -> AccountFilter:
    held, state = request.args.get("role", ""), request.args.get("etat", "")
    return AccountFilter(
        words=request.args.get("q", ""),
        territory_id=_uuid_arg("territoire"),
        structure_id=_uuid_arg("structure"),
        held=Role(held) if held in set(Role) else None,
        state=AccountState(state) if state in set(AccountState) else None,
    )


def _uuid_arg(name: str) -> UUID | None:
    """An identifier of the address; a malformed one filters nothing."""
    return request.args.get(name, None, uuid_or_none)


def _account_form(form: AccountForm) -> AccountForm:
    kept = [(str(structure.id), structure.name) for structure in structure_choices()]
    form.structure_id.choices = [("", "Aucune"), *kept]
    return form


def _values(form: AccountForm) -> dict[str, Any]:
    values = form.payload()
    values.pop("version")
    structure_id = values.pop("structure_id")
    structures: list[Structure] = structure_choices()
    values["structure"] = next((one for one in structures if one.id == structure_id), None)
    return values


def _refused(form: AccountForm, user: User | None, status: int = 422) -> ResponseReturnValue:
    rollback()
    return render_template("accounts/edit.html", form=form, user=user), status
