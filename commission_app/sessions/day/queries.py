"""Doors of the live day, and the lock under which its acts take place one after the other."""

import uuid
from datetime import timedelta

from sqlalchemy import Select, select
from sqlalchemy.exc import InvalidRequestError

from commission_app.accounts.models import User
from commission_app.core import clock
from commission_app.core.db import Model, db
from commission_app.core.errors import NotFoundError, StaleError
from commission_app.core.tokens import hashed
from commission_app.sessions.agenda.models import AgendaItem
from commission_app.sessions.convening.models import Invitation
from commission_app.sessions.day.models import Attendance, ScreenLink
from commission_app.sessions.day.policies import can_follow_day, can_run_day
from commission_app.sessions.models import CommissionSession
from commission_app.sessions.queries import get_session
from commission_app.sessions.states import ItemState, SessionState

#: A room screen stays on for so long after its day was closed, or should have ended if nobody closed it.
LEFT_ON = timedelta(hours=1)
FORGOTTEN_AFTER = timedelta(hours=12)
GONE = "Cela vient de changer : regardez où en est la journée, puis recommencez s’il le faut encore."


def get_followed_day(actor: User, session_id: uuid.UUID) -> CommissionSession:
    """A day that the person may follow live; any other does not exist."""
    day = get_session(actor, session_id)
    if not can_follow_day(actor, day):
        raise NotFoundError()
    return day


def get_run_day(actor: User, session_id: uuid.UUID) -> CommissionSession:
    """A day that the person runs; any other does not exist."""
    day = get_session(actor, session_id)
    if not can_run_day(actor, day):
        raise NotFoundError()
    return day


def get_point(day: CommissionSession, item_id: uuid.UUID) -> AgendaItem:
    """A point of this day; one of another day does not exist."""
    item = db.session.get(AgendaItem, item_id)
    if item is None or item.commission_session_id != day.id:
        raise NotFoundError()
    return item


def current_item(day: CommissionSession) -> AgendaItem | None:
    """The point under way."""
    return db.session.scalar(
        select(AgendaItem).where(
            AgendaItem.commission_session_id == day.id, AgendaItem.state == ItemState.LIVE
        )
    )


def next_item(day: CommissionSession) -> AgendaItem | None:
    """The first point still to come."""
    return db.session.scalar(
        select(AgendaItem)
        .where(AgendaItem.commission_session_id == day.id, AgendaItem.state == ItemState.WAITING)
        .order_by(AgendaItem.position, AgendaItem.created_at)
        .limit(1)
    )


def previous_item(day: CommissionSession) -> AgendaItem | None:
    """The point that ended last."""
    return db.session.scalar(
        select(AgendaItem)
        .where(AgendaItem.commission_session_id == day.id, AgendaItem.state == ItemState.DONE)
        .order_by(AgendaItem.ended_at.desc())
        .limit(1)
    )


def hold(day: CommissionSession, *rows: Model) -> None:
    """Take the day's lock until the transaction ends and read the rows afresh: acts on one day never
    overlap. A row that the act before took away raises StaleError."""
    db.session.flush()
    db.session.execute(select(CommissionSession.id).where(CommissionSession.id == day.id).with_for_update())
    for row in (day, *rows):
        read_again(row)


def read_again(row: Model, *names: str) -> None:
    """Read a row afresh, or only these columns of it; raises StaleError for one that somebody has just taken
    away."""
    try:
        db.session.refresh(row, names or None)
    except InvalidRequestError as error:
        raise StaleError(GONE) from error


def screen_link_of(token: str) -> ScreenLink | None:
    """The room screen's link behind a secret, as long as it shows anything."""
    if not token:
        return None
    return db.session.scalar(open_screen_links().where(ScreenLink.token_hash == hashed(token)))


def open_screen_links() -> Select[ScreenLink]:
    """The links that still show their day: not withdrawn, the day not cancelled, nor closed (or, forgotten
    open, planned to end) longer ago than the screen is left on."""
    moment = clock.now()
    runs = CommissionSession.closed_at.is_(None) & (CommissionSession.ends_at > moment - FORGOTTEN_AFTER)
    return (
        select(ScreenLink)
        .join(CommissionSession, ScreenLink.commission_session_id == CommissionSession.id)
        .where(
            ScreenLink.revoked_at.is_(None),
            CommissionSession.state != SessionState.CANCELLED,
            runs | (CommissionSession.closed_at > moment - LEFT_ON),
        )
    )


def invitation_of(day: CommissionSession, user_id: uuid.UUID) -> Invitation | None:
    """The invitation of a person to a day, unless it was withdrawn."""
    return db.session.scalar(
        select(Invitation).where(
            Invitation.commission_session_id == day.id,
            Invitation.user_id == user_id,
            Invitation.removed_at.is_(None),
        )
    )


def presence_of(day: CommissionSession, user_id: uuid.UUID) -> Attendance | None:
    """The spell of presence that goes on, if any."""
    return db.session.scalar(
        select(Attendance).where(
            Attendance.commission_session_id == day.id,
            Attendance.user_id == user_id,
            Attendance.left_at.is_(None),
        )
    )
