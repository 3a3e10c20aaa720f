"""The facts of a day that its minutes tell, and the door to the minutes."""

import uuid
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload, lazyload
from sqlalchemy.orm.attributes import set_committed_value

from commission_app.accounts.models import User
from commission_app.core.db import db
from commission_app.core.errors import NotFoundError
from commission_app.followup.models import Action
from commission_app.sessions.agenda.models import AgendaItem
from commission_app.sessions.agenda.policies import presents
from commission_app.sessions.agenda.queries import items_of
from commission_app.sessions.day.models import Attendance, ParkedIdea
from commission_app.sessions.decisions.models import Decision
from commission_app.sessions.minutes.models import Minutes
from commission_app.sessions.minutes.policies import (
    can_read_minutes,
    can_read_own_extract,
    can_validate_minutes,
)
from commission_app.sessions.models import CommissionSession
from commission_app.sessions.queries import get_session
from commission_app.sessions.states import MinutesState

_NAME_ALONE = lazyload(User.memberships)


@dataclass(frozen=True)
class Facts:
    """What happened on a day, each list in its order."""

    items: list[AgendaItem]
    attendances: list[Attendance]
    decisions: list[Decision]
    actions: list[Action]
    parked: list[ParkedIdea]

    def decisions_on(self, item: AgendaItem) -> list[Decision]:
        """The decisions recorded on a point."""
        return [decision for decision in self.decisions if decision.agenda_item_id == item.id]

    def replacing(self, decision: Decision) -> Decision | None:
        """The decision that corrects this one."""
        return next((one for one in self.decisions if one.replaces_id == decision.id), None)


def facts_of(day: CommissionSession) -> Facts:
    """Attendance, points, decisions, actions and parked ideas of a day."""
    return Facts(
        items=items_of(day),
        attendances=_attendances(day),
        decisions=_decisions(day),
        actions=_actions(day),
        parked=_parked(day),
    )


def get_minutes(actor: User, session_id: uuid.UUID) -> Minutes:
    """The minutes of a day; raises NotFoundError for whoever may not read them, or before the closing."""
    minutes = _minutes(actor, session_id)
    if minutes is None or not can_read_minutes(actor, minutes):
        raise NotFoundError()
    return minutes


def awaits_validation(actor: User, day: CommissionSession) -> bool:
    """Whether the minutes of a closed day wait for this facilitator's word."""
    query = select(Minutes.id).where(
        Minutes.commission_session_id == day.id,
        Minutes.state == MinutesState.DRAFT,
        Minutes.first_by_id.is_distinct_from(actor.id),
        Minutes.second_by_id.is_distinct_from(actor.id),
    )
    return can_validate_minutes(actor, day) and db.session.scalar(query) is not None


def get_own_extract(actor: User, session_id: uuid.UUID) -> tuple[Minutes, list[AgendaItem]]:
    """The minutes and the points on the situations that the person accompanies; raises NotFoundError when
    there is none."""
    minutes = _minutes(actor, session_id)
    if minutes is None or not can_read_own_extract(actor, minutes):
        raise NotFoundError()
    items = items_of(minutes.commission_session)
    return minutes, [item for item in items if item.dossier_id and presents(actor, item)]


def _minutes(actor: User, session_id: uuid.UUID) -> Minutes | None:
    day = get_session(actor, session_id)
    person = joinedload(Minutes.first_by).options(_NAME_ALONE)
    other = joinedload(Minutes.second_by).options(_NAME_ALONE)
    query = select(Minutes).where(Minutes.commission_session_id == day.id).options(person, other)
    minutes = db.session.scalar(query)
    if minutes is not None:
        set_committed_value(minutes, "commission_session", day)
    return minutes


def _attendances(day: CommissionSession) -> list[Attendance]:
    query = (
        select(Attendance)
        .where(Attendance.commission_session_id == day.id)
        .options(joinedload(Attendance.structure), joinedload(Attendance.user).options(_NAME_ALONE))
    )
    found = db.session.scalars(query)
    return sorted(found, key=lambda one: (one.structure.search, one.arrived_at))


def _decisions(day: CommissionSession) -> list[Decision]:
    query = (
        select(Decision)
        .where(Decision.commission_session_id == day.id)
        .options(joinedload(Decision.teller).options(_NAME_ALONE))
        .order_by(Decision.number)
    )
    return list(db.session.scalars(query))


def _actions(day: CommissionSession) -> list[Action]:
    decided = select(Decision.id).where(Decision.commission_session_id == day.id)
    query = (
        select(Action)
        .where(Action.decision_id.in_(decided))
        .options(joinedload(Action.structure))
        .order_by(Action.due_on, Action.title)
    )
    return list(db.session.scalars(query))


def _parked(day: CommissionSession) -> list[ParkedIdea]:
    query = select(ParkedIdea).where(ParkedIdea.commission_session_id == day.id)
    return list(db.session.scalars(query.order_by(ParkedIdea.created_at)))
