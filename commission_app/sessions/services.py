"""What changes a day of commission itself: its hours, its place, its end."""

from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import joinedload

from commission_app.accounts.models import User
from commission_app.core import clock
from commission_app.core.db import db
from commission_app.core.errors import InvalidInputError
from commission_app.core.events import record
from commission_app.core.policies import require
from commission_app.core.states import expect
from commission_app.dossiers.services import unschedule_dossier
from commission_app.dossiers.states import DossierState
from commission_app.sessions.agenda.models import AgendaItem
from commission_app.sessions.convening.models import Invitation
from commission_app.sessions.hours import day_of, local_moment
from commission_app.sessions.models import CommissionSession
from commission_app.sessions.policies import can_prepare_session
from commission_app.sessions.states import SESSION_TRANSITIONS, UPCOMING, Answer, ItemState, SessionState
from commission_app.territories.models import Territory

PREPARED = frozenset({*UPCOMING, SessionState.PROPOSED})
NOT_ANY_MORE = "Cette session a commencé, est tenue ou annulée : elle ne se modifie plus."
#: What a calendar must learn of.
IN_CALENDARS = ("title", "starts_at", "ends_at", "place")


def edit_session(
    actor: User,
    day: CommissionSession,
    *,
    version: int,
    starts_at: datetime,
    ends_at: datetime,
    territories: list[Territory] | None = None,
    **values: Any,
) -> None:
    """Change what a day is (title, place, access, remote_link, has_lunch, agenda_due_on), when, for whom.

    The coordination alone, before the day begins. Refuses hours the wrong way round and a day in the past.
    Once convened, a change that calendars must learn of makes the calendar number grow and is mailed; another
    date asks everybody for a new answer.
    """
    require(can_prepare_session(actor, day))
    expect(day.state, PREPARED, NOT_ANY_MORE)
    day.expect_version(version)
    _check_hours(day, starts_at, ends_at)
    before = {name: getattr(day, name) for name in IN_CALENDARS}
    was_on, moved_by = day_of(day), starts_at - day.starts_at
    day.starts_at, day.ends_at = starts_at, ends_at
    for name, value in values.items():
        setattr(day, name, value)
    if territories is not None:
        day.territories = sorted({day.territory, *territories}, key=lambda territory: territory.name)
    if day_of(day) != was_on:
        _forget_answers(day)
    if moved_by:
        _move_fixed_points(day, moved_by)
    _tell_calendars(actor, day, [name for name in IN_CALENDARS if before[name] != getattr(day, name)])


def move_session(actor: User, day: CommissionSession, *, on: date, version: int) -> None:
    """Put a day on another date at the same hours, the agenda due as long before; see edit_session."""
    shift = on - day_of(day)
    edit_session(
        actor,
        day,
        version=version,
        starts_at=local_moment(on, clock.local(day.starts_at).time()),
        ends_at=local_moment(on, clock.local(day.ends_at).time()),
        agenda_due_on=day.agenda_due_on + shift if day.agenda_due_on else None,
    )


def cancel_session(actor: User, day: CommissionSession, *, reason: str, version: int) -> None:
    """Take a day off the calendar for good, with a reason that those invited read.

    The coordination alone, before the day begins. Calendars learn of it by the next number; its situations
    are retained again, free for another day.
    """
    require(can_prepare_session(actor, day))
    state = SESSION_TRANSITIONS.after(day.state, "cancel")
    day.expect_version(version)
    if day.convened_at is not None and not reason:
        raise InvalidInputError("Écrivez pourquoi la session est annulée.", field="reason")
    was, day.state = day.state, state
    day.cancelled_reason = reason
    day.ics_sequence += 1
    _free_items(actor, day)
    record(actor, "session_cancelled", day, was=was.value)


def _check_hours(day: CommissionSession, starts_at: datetime, ends_at: datetime) -> None:
    if ends_at <= starts_at:
        raise InvalidInputError("La fin doit venir après le début.", field="ends")
    if starts_at != day.starts_at and starts_at <= clock.now():
        raise InvalidInputError("Choisissez une date à venir.", field="on")


def _forget_answers(day: CommissionSession) -> None:
    db.session.execute(
        update(Invitation)
        .where(Invitation.commission_session_id == day.id)
        .values(answer=Answer.NONE, answered_at=None, from_time=None, until_time=None, replaced_by="")
    )


def _move_fixed_points(day: CommissionSession, by: timedelta) -> None:
    """Breaks keep their place in the day."""
    items = db.session.scalars(
        select(AgendaItem).where(AgendaItem.commission_session_id == day.id, AgendaItem.fixed_at.is_not(None))
    )
    for item in items:
        if item.fixed_at is not None:
            item.fixed_at += by


def _free_items(actor: User, day: CommissionSession) -> None:
    items = db.session.scalars(
        select(AgendaItem)
        .where(AgendaItem.commission_session_id == day.id, AgendaItem.state == ItemState.WAITING)
        .options(joinedload(AgendaItem.dossier))
    )
    for item in items:
        item.state, item.postponed_reason = ItemState.POSTPONED, "Session annulée."
        if item.dossier is not None and item.dossier.state is DossierState.SCHEDULED:
            unschedule_dossier(actor, item.dossier)


def _tell_calendars(actor: User, day: CommissionSession, changed: list[str]) -> None:
    if changed and day.convened_at is not None:
        day.ics_sequence += 1
    record(actor, "session_changed", day, changed=changed)
