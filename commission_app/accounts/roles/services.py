"""Roles: granted from a day, ended on a day, with effect on the next request."""

from datetime import date, timedelta

from commission_app.accounts.models import Membership, User
from commission_app.accounts.policies import can_end_membership, can_manage_accounts, fits_place
from commission_app.accounts.roles.queries import untold_ends
from commission_app.accounts.states import Role
from commission_app.core import clock
from commission_app.core.db import db
from commission_app.core.errors import InvalidInputError, WrongStateError
from commission_app.core.events import record
from commission_app.core.policies import require
from commission_app.territories.models import Territory


def grant_membership(
    actor: User,
    user: User,
    *,
    role: Role,
    territory: Territory | None,
    starts_on: date,
    ends_on: date | None = None,
) -> Membership:
    """Give a person a role from a day to a day, both included; the administration alone may.

    Refused: a closed account, a last day before the first, administration on one territory, any other role
    than administration and pilotage without a territory, a role already held there on one of these days.
    """
    require(can_manage_accounts(actor))
    if not user.is_active:
        raise WrongStateError("Ce compte est fermé : rouvrez-le avant de lui donner un rôle.")
    if not fits_place(role, territory):
        raise InvalidInputError(_misfit(role), field="territory_id")
    if ends_on is not None and ends_on < starts_on:
        raise InvalidInputError("Le dernier jour vient avant le premier.", field="ends_on")
    if any(_overlaps(held, role, territory, starts_on, ends_on) for held in user.memberships):
        raise InvalidInputError("Cette personne tient déjà ce rôle à cet endroit.", field="role_held")
    membership = Membership(
        user=user,
        role=role,
        territory=territory,
        starts_on=starts_on,
        ends_on=ends_on,
        granted_by_id=actor.id,
    )
    db.session.add(membership)
    record(actor, "membership_granted", membership, user_id=str(user.id), held=role.value)
    return membership


def end_membership(actor: User, membership: Membership, *, last_day: date | None = None) -> None:
    """End a role: after `last_day`, or at once when none is given; the administration alone may.

    Nobody ends the own administration. A role that ends at once is refused on the very next request.
    """
    require(can_end_membership(actor, membership), "Vous ne pouvez pas retirer votre propre administration.")
    if membership.is_over:
        raise WrongStateError("Ce rôle a déjà pris fin.")
    today = clock.today()
    if last_day is not None and last_day < max(today, membership.starts_on):
        raise InvalidInputError("Choisissez aujourd’hui ou un jour à venir.", field="last_day")
    if last_day is None and membership.starts_on >= today:
        _tell_end(actor, membership)
        membership.user.memberships.remove(membership)
        db.session.delete(membership)
        return
    membership.ends_on = last_day or today - timedelta(days=1)
    if last_day is None:
        _tell_end(actor, membership)
    else:
        record(actor, "membership_dated", membership, user_id=str(membership.user_id))


def tell_ended_memberships(actor: User | None) -> int:
    """The clock, without an account, tells once of each role whose last day has passed; returns how many."""
    ended = untold_ends()
    for membership in ended:
        _tell_end(actor, membership)
    return len(ended)


def _tell_end(actor: User | None, membership: Membership) -> None:
    membership.ended_at = clock.now()
    record(actor, "membership_ended", membership, user_id=str(membership.user_id))


def _overlaps(
    held: Membership, role: Role, territory: Territory | None, starts_on: date, ends_on: date | None
) -> bool:
    same = held.is_same(role, territory.id if territory else None)
    apart = (held.ends_on is not None and held.ends_on < starts_on) or (
        ends_on is not None and ends_on < held.starts_on
    )
    return same and not apart


def _misfit(role: Role) -> str:
    if role is Role.ADMINISTRATOR:
        return "L’administration vaut pour tout le département : ne choisissez pas de territoire."
    return "Choisissez le territoire de ce rôle."
