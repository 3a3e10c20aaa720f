"""The planned hours of a day: order and lengths of its points, breaks at their hours, what no longer fits.

Pure functions: what they need is given, nothing is read elsewhere.
"""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from commission_app.core import clock
from commission_app.core.french import hour
from commission_app.sessions.agenda.models import AgendaItem
from commission_app.sessions.states import ItemState

UNIT_MINUTES = 5
#: The scale of a drawn day ends here: the stylesheet knows no further unit.
LAST_UNIT = 180


class Day(Protocol):
    """What bounds the points: a session, or anything with its two hours and the moment it was stopped at."""

    @property
    def starts_at(self) -> datetime: ...

    @property
    def ends_at(self) -> datetime: ...

    @property
    def paused_at(self) -> datetime | None: ...


@dataclass(frozen=True)
class Slot:
    """When a point takes place. `at` and `units` place it on the scale, five minutes a unit from the start.

    `over_minutes` is how much of it lies past the end of the day, `late_minutes` how far a break stands
    behind its hour.
    """

    item: AgendaItem
    start: datetime
    end: datetime
    at: int
    units: int
    over_minutes: int
    late_minutes: int

    @property
    def is_over(self) -> bool:
        """Whether the point, or a part of it, lies past the end of the day."""
        return self.over_minutes > 0

    @property
    def is_outside(self) -> bool:
        """Whether the point begins when the day has ended."""
        return self.over_minutes >= self.minutes

    @property
    def minutes(self) -> int:
        """How long the point lasts."""
        return whole_minutes(self.end - self.start)

    @property
    def span(self) -> str:
        """« 10 h 15 à 10 h 55 »."""
        return f"{hour(self.start)} à {hour(self.end)}"


def schedule_of(
    items: Sequence[AgendaItem],
    day: Day,
    now: datetime | None = None,
    lengths: Mapping[uuid.UUID, int] | None = None,
) -> list[Slot]:
    """The hours of the points in their order; a point postponed takes no time and is left out.

    A break begins at its hour, or later when the points before it have not left room. With `now` the hours
    are those of the running day: what is done keeps the hours it had, the current point lasts at least until
    now, longer by each pause, the present one too, and what waits follows. `lengths` gives some points other
    minutes than planned.
    """
    slots = []
    cursor = day.starts_at
    for item in items:
        if item.state is ItemState.POSTPONED:
            continue
        minutes = (lengths or {}).get(item.id, item.planned_minutes)
        start, end = _hours_of(item, cursor, minutes, now, day)
        slots.append(_slot(item, start, end, day))
        cursor = max(cursor, end)
    return slots


def _hours_of(
    item: AgendaItem, cursor: datetime, minutes: int, now: datetime | None, day: Day
) -> tuple[datetime, datetime]:
    if now is not None and item.started_at is not None:
        return _real_hours(item, item.started_at, now, day.paused_at)
    if now is not None and item.state is ItemState.WAITING:
        cursor = max(cursor, now)
    start = max(cursor, item.fixed_at) if item.fixed_at else cursor
    return start, start + timedelta(minutes=minutes)


def _real_hours(
    item: AgendaItem, started: datetime, now: datetime, paused_at: datetime | None
) -> tuple[datetime, datetime]:
    if item.ended_at is not None:
        return started, max(item.ended_at, started)
    spent = timedelta(seconds=item.spent_seconds)
    pauses = timedelta(seconds=item.paused_seconds)
    if paused_at is not None:
        pauses += now - max(paused_at, started)
    planned = started - spent + pauses + timedelta(minutes=item.planned_minutes)
    return started, max(planned, now)


def _slot(item: AgendaItem, start: datetime, end: datetime, day: Day) -> Slot:
    at = min(max(0, whole_minutes(start - day.starts_at) // UNIT_MINUTES), LAST_UNIT)
    units = max(1, -(-whole_minutes(end - start) // UNIT_MINUTES))
    over = whole_minutes(end - max(start, day.ends_at))
    late = whole_minutes(start - item.fixed_at) if item.fixed_at else 0
    return Slot(item, start, end, at, min(units, LAST_UNIT), max(0, over), max(0, late))


def whole_minutes(length: timedelta) -> int:
    """The minutes of a length, the rest cut off."""
    return int(length.total_seconds() // 60)


def overflow_minutes(slots: Sequence[Slot], day: Day) -> int:
    """By how many minutes the points go past the end of the day; 0 when all fits."""
    if not slots:
        return 0
    return max(0, whole_minutes(max(slot.end for slot in slots) - day.ends_at))


def points_minutes(slots: Sequence[Slot]) -> int:
    """The minutes of all points but the breaks."""
    return sum(slot.minutes for slot in slots if not slot.item.is_fixed)


def room_minutes(slots: Sequence[Slot], day: Day) -> int:
    """The minutes that the day leaves to points once the breaks are taken off."""
    breaks = sum(slot.minutes for slot in slots if slot.item.is_fixed)
    return whole_minutes(day.ends_at - day.starts_at) - breaks


def first_room(items: Sequence[AgendaItem], day: Day, minutes: int) -> int | None:
    """The place before the first break that leaves this many minutes free; None when none does."""
    cursor = day.starts_at
    for place, item in enumerate(items):
        free = whole_minutes(item.fixed_at - cursor) if item.fixed_at else 0
        if free >= minutes and item.state is ItemState.WAITING:
            return place
        if item.state is not ItemState.POSTPONED:
            cursor = max(cursor, item.fixed_at or cursor) + timedelta(minutes=item.planned_minutes)
    return None


def hour_marks(slots: Sequence[Slot], day: Day) -> list[tuple[int, str]]:
    """The whole hours on the scale: (unit, « 10 h »), from the start to the end of the day or of its last
    point."""
    last = max([day.ends_at, *(slot.end for slot in slots)])
    mark = clock.local(day.starts_at).replace(minute=0, second=0, microsecond=0)
    marks = []
    while mark <= last:
        unit = whole_minutes(mark - day.starts_at) // UNIT_MINUTES
        if 0 <= unit <= LAST_UNIT:
            marks.append((unit, hour(mark)))
        mark += timedelta(hours=1)
    return marks


def end_unit(day: Day) -> int:
    """Where the end of the day stands on the scale."""
    return min(whole_minutes(day.ends_at - day.starts_at) // UNIT_MINUTES, LAST_UNIT)
