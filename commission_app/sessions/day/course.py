"""The running time of a point: spells, pauses, and what is left. Pure but for the rows that it is given."""

from datetime import datetime, timedelta

from commission_app.sessions.agenda.models import AgendaItem
from commission_app.sessions.models import CommissionSession


def running_seconds(item: AgendaItem, day: CommissionSession, now: datetime) -> int:
    """How long the present spell of a point has lasted, pauses taken off."""
    if item.started_at is None or item.ended_at is not None:
        return 0
    until = day.paused_at or now
    whole = (until - item.started_at) // timedelta(seconds=1)
    return max(0, whole - item.paused_seconds)


def elapsed_seconds(item: AgendaItem, day: CommissionSession, now: datetime) -> int:
    """How long a point has lasted in all its spells."""
    return item.spent_seconds + running_seconds(item, day, now)


def begin_spell(item: AgendaItem, now: datetime) -> None:
    """Start the clock of a point; what it lasted before is kept."""
    item.started_at = now
    item.ended_at = None
    item.paused_seconds = 0


def end_spell(item: AgendaItem, day: CommissionSession, now: datetime) -> None:
    """Stop the clock of a point and add the spell to what it lasted before."""
    item.spent_seconds += running_seconds(item, day, now)
    item.paused_seconds = 0
    item.ended_at = now


def end_pause(day: CommissionSession, item: AgendaItem | None, now: datetime) -> None:
    """End a pause of the day; the point that was running does not count it."""
    if day.paused_at is None:
        return
    if item is not None and item.started_at is not None:
        since = max(day.paused_at, item.started_at)
        item.paused_seconds += (now - since) // timedelta(seconds=1)
    day.paused_at = None
