"""The catch-up assistant: what still fits before the next fixed hour, and what could give way.

Pure functions on the points of a running day: nothing is read elsewhere, nothing is changed. Fixed breaks
do not move. A point that was reported once already, or that is urgent, is never put off by the assistant; a
point is never moved to an hour at which somebody it needs has left.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from commission_app.core.french import duration, hour, listed, plural, short_date
from commission_app.sessions.agenda.arrangement import SHORTEST_MINUTES, STEP_MINUTES, rank
from commission_app.sessions.agenda.coverage import Presence, missing_of, needed_by
from commission_app.sessions.agenda.models import AgendaItem
from commission_app.sessions.agenda.schedule import Slot, overflow_minutes, schedule_of, whole_minutes
from commission_app.sessions.models import CommissionSession
from commission_app.sessions.states import ItemKind, ItemState

CUT_SHARE = 3
URGENT_RANK = 1
KEPT_LAST = frozenset({ItemKind.CLOSING})


@dataclass(frozen=True)
class Pressure:
    """The first fixed hour that is not kept: by how many minutes, and the waiting points before it."""

    minutes: int
    before: datetime
    name: str
    points: tuple[AgendaItem, ...]
    pause: AgendaItem | None

    @property
    def words(self) -> str:
        """« 15 min de trop avant le déjeuner partagé (12 h 30) »."""
        return f"{duration(self.minutes)} de trop avant {self.name} ({hour(self.before)})"


@dataclass(frozen=True)
class Fit:
    """What happens to the points still to come before one fixed hour."""

    name: str
    before: datetime
    fitting: tuple[AgendaItem, ...]
    too_late: tuple[tuple[AgendaItem, int], ...]


@dataclass(frozen=True)
class Relief:
    """One way to catch up: an order and lengths of the points left, points put off, and why.

    `left` is the pressure that remains afterwards, in minutes; `key` names the way in a form.
    """

    key: str
    title: str
    reasons: tuple[str, ...]
    order: tuple[AgendaItem, ...]
    minutes: dict[uuid.UUID, int] = field(default_factory=dict)
    postponed: tuple[AgendaItem, ...] = ()
    target: CommissionSession | None = None
    left: int = 0


@dataclass(frozen=True)
class Running:
    """A day under way at one instant, with who is expected when."""

    day: CommissionSession
    items: tuple[AgendaItem, ...]
    now: datetime
    presences: tuple[Presence, ...] = ()
    next_day: CommissionSession | None = None

    def slots(
        self, items: Sequence[AgendaItem] | None = None, minutes: dict[uuid.UUID, int] | None = None
    ) -> list[Slot]:
        """The hours of the day, as it is or with other points and lengths."""
        return schedule_of(self.items if items is None else items, self.day, self.now, minutes)

    @property
    def waiting(self) -> list[AgendaItem]:
        """The points still to come."""
        return [item for item in self.items if item.state is ItemState.WAITING]


def pressure_of(running: Running, slots: list[Slot] | None = None) -> Pressure | None:
    """The first fixed hour that the points before it overrun; the end of the day is the last of them."""
    slots = running.slots() if slots is None else slots
    before: list[AgendaItem] = []
    for slot in slots:
        item = slot.item
        if item.state is not ItemState.WAITING:
            continue
        if item.fixed_at is not None and slot.late_minutes:
            name = f"« {item.title or item.kind.label} »"
            return Pressure(slot.late_minutes, item.fixed_at, name, tuple(before), item)
        before = [] if item.is_fixed else [*before, item]
    over = overflow_minutes(slots, running.day)
    if not over:
        return None
    return Pressure(over, running.day.ends_at, "la fin de la journée", tuple(before), None)


def fits_of(running: Running) -> list[Fit]:
    """For each fixed hour still to come: the points that end before it, and those that do not, from the one
    under way on."""
    fits: list[Fit] = []
    current: list[Slot] = []
    for slot in [slot for slot in running.slots() if slot.item.state in (ItemState.LIVE, ItemState.WAITING)]:
        if slot.item.fixed_at is not None and slot.item.is_fixed and slot.item.state is ItemState.WAITING:
            fits.append(_fit(slot.item.title or slot.item.kind.label, slot.item.fixed_at, current))
            current = []
        else:
            current.append(slot)
    return [*fits, _fit("Fin de la journée", running.day.ends_at, current)]


def _fit(name: str, before: datetime, slots: list[Slot]) -> Fit:
    late = [(slot.item, whole_minutes(slot.end - before)) for slot in slots if slot.end > before]
    kept = [slot.item for slot in slots if slot.end <= before]
    return Fit(name, before, tuple(kept), tuple(late))


def reliefs_of(running: Running) -> list[Relief]:
    """The ways to catch up, the gentlest first: shorten, move behind the break, put off."""
    pressure = pressure_of(running)
    if pressure is None:
        return []
    ways = (_shorter(running, pressure), _behind(running, pressure), _put_off(running, pressure))
    return [way for way in ways if way is not None and way.left < pressure.minutes]


def _shorter(running: Running, pressure: Pressure) -> Relief | None:
    """Lengths cut by a third at most, the least urgent points first."""
    minutes: dict[uuid.UUID, int] = {}
    need = pressure.minutes
    for point in sorted(pressure.points, key=_last_first):
        room = min(point.planned_minutes // CUT_SHARE, point.planned_minutes - SHORTEST_MINUTES)
        cut = min(-(-need // STEP_MINUTES) * STEP_MINUTES, room - room % STEP_MINUTES)
        if cut > 0 and need > 0:
            minutes[point.id] = point.planned_minutes - cut
            need -= cut
    if not minutes:
        return None
    told = tuple(
        f"{point.name} : {duration(minutes[point.id])} au lieu de {duration(point.planned_minutes)}."
        for point in pressure.points
        if point.id in minutes
    )
    names = [f"« {point.name} »" for point in pressure.points if point.id in minutes]
    title = f"Raccourcir {names[0] if len(names) == 1 else plural(len(names), 'point')}"
    return _relief(running, pressure, "raccourcir", title, told, running.items, minutes)


def _behind(running: Running, pressure: Pressure) -> Relief | None:
    """The least urgent points go behind the break, as long as the day still ends no later than now planned
    and nobody they need will have left."""
    if pressure.pause is None:
        return None
    moved: list[AgendaItem] = []
    for point in sorted(pressure.points, key=_last_first):
        order = _after(running.items, pressure.pause, [*moved, point])
        if _is_right(running, order, [*moved, point]):
            moved.append(point)
        if sum(one.planned_minutes for one in moved) >= pressure.minutes:
            break
    if not moved:
        return None
    order = _after(running.items, pressure.pause, moved)
    names = listed([f"« {point.name} »" for point in moved])
    title = f"Passer {names} après {pressure.name}"
    told = ("La pause garde son heure.", "Ceux dont le point a besoin seront encore là.")
    return _relief(running, pressure, "apres-la-pause", title, told, order, {})


def _put_off(running: Running, pressure: Pressure) -> Relief | None:
    """The least urgent point goes to another session: the smallest one that is enough, else the longest."""
    movable = [
        point for point in pressure.points if rank(point) > URGENT_RANK and point.kind not in KEPT_LAST
    ]
    enough = [point for point in movable if point.planned_minutes >= pressure.minutes]
    point = min(enough, key=_put_off_first, default=None) or max(
        movable, key=lambda one: one.planned_minutes, default=None
    )
    if point is None:
        return None
    target = running.next_day
    to = f" au {short_date(target.starts_at)}" if target else ""
    why = "C’est le point le moins urgent avant cette heure."
    again = "Il n’a encore jamais été reporté." if point.dossier is not None else ""
    order = [item for item in running.items if item is not point]
    told = tuple(sentence for sentence in (why, again) if sentence)
    return _relief(
        running, pressure, "reporter", f"Reporter « {point.name} »{to}", told, order, {},
        postponed=(point,), target=target,
    )  # fmt: skip


def _relief(
    running: Running,
    pressure: Pressure,
    key: str,
    title: str,
    told: tuple[str, ...],
    order: Sequence[AgendaItem],
    minutes: dict[uuid.UUID, int],
    *,
    postponed: tuple[AgendaItem, ...] = (),
    target: CommissionSession | None = None,
) -> Relief:
    left = _left(running, pressure, order, minutes)
    effect = f"Il resterait {duration(left)} de trop." if left else "L’heure est tenue."
    return Relief(key, title, (*told, effect), tuple(order), minutes, postponed, target, left)


def _left(
    running: Running, pressure: Pressure, order: Sequence[AgendaItem], minutes: dict[uuid.UUID, int]
) -> int:
    slots = running.slots(order, minutes)
    if pressure.pause is None:
        return overflow_minutes(slots, running.day)
    return next((slot.late_minutes for slot in slots if slot.item is pressure.pause), 0)


def _after(items: Sequence[AgendaItem], pause: AgendaItem, moved: Sequence[AgendaItem]) -> list[AgendaItem]:
    gone = {item.id for item in moved}
    kept = [item for item in items if item.id not in gone]
    place = kept.index(pause) + 1
    in_order = [item for item in items if item.id in gone]
    return [*kept[:place], *in_order, *kept[place:]]


def _is_right(running: Running, order: Sequence[AgendaItem], moved: Sequence[AgendaItem]) -> bool:
    """Whether an order ends no later than the day does already, and takes nobody needed away from a point."""
    before, after = running.slots(), running.slots(order)
    if overflow_minutes(after, running.day) > overflow_minutes(before, running.day):
        return False
    return all(_missing(running, point, after) <= _missing(running, point, before) for point in moved)


def _missing(running: Running, point: AgendaItem, slots: list[Slot]) -> int:
    slot = next((slot for slot in slots if slot.item.id == point.id), None)
    return len(missing_of(needed_by(point.dossier), running.presences, slot))


def _last_first(point: AgendaItem) -> tuple[int, int]:
    return -rank(point), -point.position


def _put_off_first(point: AgendaItem) -> tuple[int, int, int]:
    return point.planned_minutes, -rank(point), -point.position
