"""The next day of commission of a person, and what the person does for it."""

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Select, and_, exists, func, or_, select
from sqlalchemy.orm import joinedload

from commission_app.accounts.models import User
from commission_app.core.db import db
from commission_app.core.prepared import NOW, Prepared
from commission_app.sessions.agenda.models import AgendaItem, AgendaVersion
from commission_app.sessions.agenda.policies import is_presented_by, presents
from commission_app.sessions.agenda.schedule import Slot, schedule_of
from commission_app.sessions.convening.models import Invitation
from commission_app.sessions.doors import OF_THE_EXPECTED
from commission_app.sessions.models import CommissionSession, Facilitator
from commission_app.sessions.page import SessionPage
from commission_app.sessions.policies import can_prepare_session, is_facilitator, sessions_seen, sight_of
from commission_app.sessions.queries import readiness_of
from commission_app.sessions.states import UPCOMING, ItemState, SessionState
from commission_app.territories.models import Structure, Territory

DAYS_SHOWN = 3


@dataclass(frozen=True)
class Passage:
    """When the person presents a situation."""

    code: str
    slot: Slot


@dataclass(frozen=True)
class Coming:
    """The days to come, the one under way first; `page` is the first as its own page sees it.

    `is_expected` for who prepares or runs the first day, is invited or presents: the others may know of it
    and read none of its situations.
    """

    days: list[CommissionSession] = field(default_factory=list)
    page: SessionPage | None = None
    is_expected: bool = False

    @property
    def is_live(self) -> bool:
        """Whether a commission is being held now."""
        return bool(self.days) and self.days[0].state is SessionState.LIVE


def coming_of(actor: User) -> Coming:
    """The next days that the person sees, with the own answer and what is ready for the first."""
    rows = _DAYS(**sight_of(actor)).unique().all()
    if not rows:
        return Coming()
    day, invitation, version, has_point = rows[0]
    prepares, runs = can_prepare_session(actor, day), is_facilitator(actor, day)
    is_ahead = day.state is not SessionState.LIVE
    expected = prepares or runs or invitation is not None or bool(has_point)
    page = SessionPage(
        day=day,
        can_prepare=prepares,
        is_facilitator=runs,
        invitation=invitation,
        readiness=readiness_of(day) if is_ahead and (prepares or runs) else None,
        agenda_version=version,
        people=0,
        structures=0,
        doors=OF_THE_EXPECTED if expected else frozenset(),
    )
    return Coming([row[0] for row in rows], page, expected)


def passages_of(actor: User, day: CommissionSession) -> list[Passage]:
    """The planned hours at which the person presents situations that day."""
    points = (
        select(AgendaItem)
        .where(AgendaItem.commission_session_id == day.id)
        .options(joinedload(AgendaItem.dossier))
        .order_by(AgendaItem.position, AgendaItem.id)
    )
    slots = schedule_of(db.session.scalars(points).all(), day)
    own = [slot for slot in slots if presents(actor, slot.item) and slot.item.state is ItemState.WAITING]
    return [Passage(slot.item.dossier.code, slot) for slot in own if slot.item.dossier is not None]


def _days(*, actor_id: Any, **sight: Any) -> Select[Any]:
    own = and_(
        Invitation.commission_session_id == CommissionSession.id,
        Invitation.user_id == actor_id,
        Invitation.removed_at.is_(None),
    )
    awaited = or_(
        CommissionSession.state == SessionState.LIVE,
        CommissionSession.state.in_(UPCOMING) & (CommissionSession.ends_at > NOW),
    )
    version = select(func.max(AgendaVersion.number)).where(
        AgendaVersion.commission_session_id == CommissionSession.id
    )
    presented = (AgendaItem.commission_session_id == CommissionSession.id) & is_presented_by(actor_id)
    has_point = exists().where(presented).correlate(CommissionSession)
    is_live = CommissionSession.state == SessionState.LIVE
    facilitator = joinedload(CommissionSession.facilitators).joinedload(Facilitator.user)
    named = facilitator.load_only(User.first_name, User.last_name)
    return (
        sessions_seen(actor_id=actor_id, **sight)
        .where(awaited)
        .outerjoin(Invitation, own)
        .add_columns(Invitation, version.correlate(CommissionSession).scalar_subquery(), has_point)
        .options(
            joinedload(CommissionSession.territory).load_only(Territory.name),
            joinedload(CommissionSession.territories).load_only(Territory.name),
            named.lazyload(User.memberships),
            named.joinedload(User.structure).load_only(Structure.name),
        )
        .order_by(is_live.desc(), CommissionSession.starts_at)
        .limit(DAYS_SHOWN)
    )


_DAYS = Prepared(_days)
