"""Doors and lists of people and logins."""

import uuid
from collections.abc import Collection
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import joinedload

from commission_app.accounts.models import Login, User
from commission_app.accounts.policies import people_holding, reach_of, territories_within, visible_accounts
from commission_app.accounts.states import Role
from commission_app.core.db import db
from commission_app.core.errors import NotFoundError
from commission_app.core.prepared import Prepared
from commission_app.core.tokens import hashed
from commission_app.territories.models import Territory

LOGIN_IDLE_MINUTES = 30


def people_of(territory_id: uuid.UUID, *roles: Role) -> list[User]:
    """Who holds one of these roles (any when none is named) on a territory today, by name."""
    return list(db.session.scalars(people_holding(territory_id, *roles)).unique())


def territories_for(actor: User, *roles: Role) -> list[Territory]:
    """The territories that lists may be about, by name: what a choice of territory offers."""
    reach = reach_of(actor, *roles)
    if reach is None:
        return list(_TERRITORIES(reach=None, wanted_id=None).scalars())
    held = {one.territory_id: one.territory for one in actor.memberships}  # read with the login
    open_ones = [one for one in map(held.get, reach) if one is not None and not one.is_archived]
    return sorted(open_ones, key=lambda one: one.name)


def chosen_territory(actor: User, wanted_id: uuid.UUID | None, *roles: Role) -> Territory:
    """The territory a list page is about: the one wanted, else the first by name.

    Raises NotFoundError when the person holds none of these roles there, or anywhere.
    """
    territory: Territory | None = (
        _TERRITORIES(reach=reach_of(actor, *roles), wanted_id=wanted_id).scalars().first()
    )
    if territory is None:
        raise NotFoundError()
    return territory


def _territories(*, reach: Collection[Any] | None, wanted_id: Any) -> Select[Territory]:
    within = territories_within(reach)
    return within if wanted_id is None else within.where(Territory.id == wanted_id)


_TERRITORIES = Prepared(_territories)


def get_account(actor: User, user_id: uuid.UUID) -> User:
    """One account, for those who manage accounts; raises NotFoundError for everybody else."""
    user = db.session.scalars(visible_accounts(actor).where(User.id == user_id)).unique().one_or_none()
    if user is None:
        raise NotFoundError()
    return user


def login_of(token: str, *, idle_minutes: int = LOGIN_IDLE_MINUTES) -> Login | None:
    """The login that a cookie's token opens now, or None.

    Ended, too old, idle for too long or of a closed account: told alike. Looking never makes it last longer.
    """
    return _login(token, _opening(idle_minutes))


def following_login_of(token: str, *, idle_minutes: int = LOGIN_IDLE_MINUTES) -> Login | None:
    """The login that a cookie's token opens for a page that follows a day, or None; see Login.may_follow."""
    return _login(token, _following(idle_minutes))


def follower_of(token: str, *, idle_minutes: int = LOGIN_IDLE_MINUTES) -> tuple[uuid.UUID, uuid.UUID] | None:
    """The login that a cookie's token opens for following a day, and whose it is: two identifiers, since
    hundreds of lines may ask in the same second."""
    found = _followers(idle_minutes)(token_hash=hashed(token)).one_or_none() if token else None
    return (found[0], found[1]) if found else None


def following_logins(ids: Collection[uuid.UUID], *, idle_minutes: int = LOGIN_IDLE_MINUTES) -> set[uuid.UUID]:
    """Which of these logins may still follow a day."""
    if not ids:
        return set()
    found = select(Login.id).join(User, Login.user_id == User.id)
    alive = (Login.id.in_(ids), Login.may_follow(idle_minutes), User.closed_at.is_(None))
    return set(db.session.scalars(found.where(*alive)))


def open_logins(user: User, *, idle_minutes: int = LOGIN_IDLE_MINUTES) -> list[Login]:
    """The devices on which a person is signed in, the latest used first."""
    found = select(Login).where(Login.user_id == user.id, Login.is_open(idle_minutes))
    return list(db.session.scalars(found.order_by(Login.seen_at.desc())).unique())


def _login(token: str, prepared: Prepared) -> Login | None:
    if not token:
        return None
    login: Login | None = prepared(token_hash=hashed(token)).unique().scalar_one_or_none()
    return login if login is not None and login.user.is_active else None


@cache
def _opening(idle_minutes: int) -> Prepared:
    return Prepared(lambda *, token_hash: _login_of(token_hash, Login.is_open(idle_minutes)))


@cache
def _following(idle_minutes: int) -> Prepared:
    return Prepared(lambda *, token_hash: _login_of(token_hash, Login.may_follow(idle_minutes)))


@cache
def _followers(idle_minutes: int) -> Prepared:
    def build(*, token_hash: Any) -> Select[uuid.UUID, uuid.UUID]:
        holds = (Login.token_hash == token_hash, Login.may_follow(idle_minutes), User.closed_at.is_(None))
        return select(Login.id, Login.user_id).join(User, Login.user_id == User.id).where(*holds)

    return Prepared(build)


def _login_of(token_hash: Any, holds: ColumnElement[bool]) -> Select[Login]:
    roles = joinedload(Login.user).joinedload(User.memberships)
    return select(Login).where(Login.token_hash == token_hash, holds).options(roles)
