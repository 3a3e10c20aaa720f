"""Who manages accounts, and where a person's roles reach."""

import uuid
from collections.abc import Collection
from typing import Any

from sqlalchemy import Select, exists, select, true

from commission_app.accounts.models import Login, Membership, User
from commission_app.accounts.states import Role
from commission_app.territories.models import Territory

DEPARTEMENT_ROLES = (Role.ADMINISTRATOR, Role.PILOT)


def is_administrator(actor: User) -> bool:
    """Whether the person administers the platform for the département today."""
    return actor.is_administrator


def can_manage_accounts(actor: User) -> bool:
    """Accounts, roles, invitations and the state of the mails belong to the administration alone."""
    return is_administrator(actor)


def can_close_account(actor: User, user: User) -> bool:
    """An administrator closes any account but the own one, so that somebody is left to open it again."""
    return can_manage_accounts(actor) and actor.id != user.id


def can_end_membership(actor: User, membership: Membership) -> bool:
    """An administrator ends any role but the own administration."""
    own = membership.user_id == actor.id and membership.role is Role.ADMINISTRATOR
    return can_manage_accounts(actor) and not own


def can_end_login(actor: User, login: Login) -> bool:
    """Each person ends the own logins; an administrator ends anybody's."""
    return login.user_id == actor.id or can_manage_accounts(actor)


def fits_place(role: Role, territory: Territory | None) -> bool:
    """Administration holds for the département, pilotage for either, every other role on a territory."""
    if role is Role.ADMINISTRATOR:
        return territory is None
    return territory is not None or role in DEPARTEMENT_ROLES


def visible_accounts(actor: User) -> Select[User]:
    """Every account for the administration; nobody's for the others."""
    return select(User).where(true() if can_manage_accounts(actor) else User.id.is_(None))


def reach_of(actor: User, *roles: Role) -> tuple[uuid.UUID, ...] | None:
    """Where the person holds one of these roles today, in a steady order; None when it is everywhere."""
    if any(actor.holds_everywhere(role) for role in roles or tuple(Role)):
        return None
    return tuple(sorted(actor.territory_ids(*roles)))


def territories_within(reach: Collection[Any] | None) -> Select[Territory]:
    """The territories of a reach, by name; for a statement that is built once."""
    open_ones = select(Territory).where(Territory.archived_on.is_(None)).order_by(Territory.name)
    return open_ones if reach is None else open_ones.where(Territory.id.in_(reach))


def people_holding(territory_id: uuid.UUID, *roles: Role) -> Select[User]:
    """Who holds one of these roles on a territory today, by name; closed accounts are left out."""
    held = exists().where(
        Membership.user_id == User.id, Membership.territory_id == territory_id, Membership.held_today(*roles)
    )
    return select(User).where(User.closed_at.is_(None), held).order_by(User.last_name, User.first_name)
