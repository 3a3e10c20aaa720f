"""The list of accounts for the administration."""

import uuid
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import ColumnElement, Select, and_, exists, false, or_, select

from commission_app.accounts.models import Membership, User
from commission_app.accounts.policies import visible_accounts
from commission_app.accounts.states import AccountState, Role
from commission_app.core import clock
from commission_app.core.db import db
from commission_app.core.events import Event
from commission_app.core.pages import Page, paginate
from commission_app.territories.models import Structure
from commission_app.territories.names import folded


@dataclass(frozen=True)
class AccountFilter:
    """What the list is narrowed to; empty values narrow nothing."""

    words: str = ""
    territory_id: uuid.UUID | None = None
    structure_id: uuid.UUID | None = None
    held: Role | None = None
    state: AccountState | None = None


def list_accounts(actor: User, wanted: AccountFilter, *, number: int = 1) -> Page[User]:
    """One page of the accounts that fit, by name."""
    query = visible_accounts(actor).where(*_criteria(wanted))
    return paginate(query.order_by(User.last_name, User.first_name, User.id), number=number)


def has_administrator() -> bool:
    """Whether somebody holds the administration today."""
    held = select(Membership.id).join(Membership.user)
    query = held.where(Membership.held_today(Role.ADMINISTRATOR), User.closed_at.is_(None))
    return db.session.scalar(query.limit(1)) is not None


def administrators() -> list[User]:
    """Who holds the administration today, by name."""
    held = exists().where(Membership.user_id == User.id, Membership.held_today(Role.ADMINISTRATOR))
    query = select(User).where(User.closed_at.is_(None), held).order_by(User.last_name, User.first_name)
    return list(db.session.scalars(query).unique())


def reading_alerts_of(user: User, *, days: int = 90) -> list[Event]:
    """The alerts of many identities read in an hour that the person raised of late, the latest first."""
    query = select(Event).where(
        Event.name == "many_identities_read",
        Event.subject_id == user.id,
        Event.at > clock.now() - timedelta(days=days),
    )
    return list(db.session.scalars(query.order_by(Event.number.desc()).limit(5)))


def structure_choices() -> list[Structure]:
    """The structures that people may belong to, by name."""
    kept: Select[Structure] = select(Structure).where(Structure.archived_on.is_(None))
    return list(db.session.scalars(kept.order_by(Structure.name)))


def _criteria(wanted: AccountFilter) -> list[ColumnElement[bool]]:
    found = [User.search.contains(word, autoescape=True) for word in folded(wanted.words).split()]
    if wanted.structure_id:
        found.append(User.structure_id == wanted.structure_id)
    if wanted.state:
        found.append(_in_state(wanted.state))
    if wanted.territory_id or wanted.held:
        found.append(User.memberships.any(_held(wanted)))
    return found


def _held(wanted: AccountFilter) -> ColumnElement[bool]:
    held = Membership.held_today(wanted.held) if wanted.held else Membership.held_today()
    return and_(held, Membership.territory_id == wanted.territory_id) if wanted.territory_id else held


def _in_state(state: AccountState) -> ColumnElement[bool]:
    has_password = or_(User.password_hash != "", User.is_demo)
    return {
        AccountState.CLOSED: User.closed_at.is_not(None),
        AccountState.OPEN: and_(User.closed_at.is_(None), has_password),
        AccountState.INVITED: and_(User.closed_at.is_(None), ~has_password),
    }.get(state, false())
