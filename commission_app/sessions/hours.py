"""Days and hours of sessions as people in metropolitan France say them."""

from datetime import UTC, date, datetime, time

from commission_app.core import clock
from commission_app.sessions.models import CommissionSession


def local_moment(on: date, at: time) -> datetime:
    """A day and an hour of metropolitan France as a moment."""
    return datetime.combine(on, at, clock.PARIS).astimezone(UTC)


def day_of(session: CommissionSession) -> date:
    """The day on which a session is held."""
    return clock.local(session.starts_at).date()
