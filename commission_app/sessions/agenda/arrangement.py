"""The assistant: one proposal for a day, with its reasons as facts. Pure functions: nothing is changed."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from commission_app.core.french import duration, hour, listed, short_date
from commission_app.dossiers.states import Urgency
from commission_app.sessions.agenda.models import AgendaItem
from commission_app.sessions.agenda.schedule import Day, overflow_minutes, schedule_of
from commission_app.sessions.models import CommissionSession
from commission_app.sessions.states import ItemKind, ItemState

SHORTEST_MINUTES = 10
STEP_MINUTES = 5

_KIND_RANKS = {ItemKind.MODEL: 4, ItemKind.NEW_ACTION: 5, ItemKind.OFFER: 6, ItemKind.NEWS: 7}
_URGENCY_RANKS = {Urgency.URGENT: 1, Urgency.SOON: 2, Urgency.NORMAL: 3}
_UNMOVED = {ItemKind.FOLLOW_UP, ItemKind.CLOSING}


@dataclass(frozen=True)
class Arrangement:
    """What the assistant proposes: an order of the points kept, new lengths for some, one to postpone.

    `target` is where the postponed point would go; without one it goes back to what waits.
    """

    kicker: str
    title: str
    reasons: list[str]
    order: list[AgendaItem]
    minutes: dict[uuid.UUID, int] = field(default_factory=dict)
    postponed: AgendaItem | None = None
    target: CommissionSession | None = None


def arrangement_of(
    items: Sequence[AgendaItem], day: Day, next_day: CommissionSession | None = None
) -> Arrangement | None:
    """The one thing to propose: first what brings the day back within its hours, then a better order.

    None when the day fits and its order gives no reason to change.
    """
    waiting = [item for item in items if item.state is ItemState.WAITING]
    if over := overflow_minutes(schedule_of(waiting, day), day):
        return _relieved(waiting, day, over, next_day)
    faults = order_faults(waiting, day)
    better = arranged(waiting, day)
    if not faults or len(order_faults(better, day)) >= len(faults) or _overflow(better, day):
        return None
    return Arrangement("Un autre ordre est possible", "Réordonner la journée ?", faults, better)


def arranged(items: Sequence[AgendaItem], day: Day) -> list[AgendaItem]:
    """The points in the order proposed: reported first, then by urgency, those of one presenter together,
    around the breaks, which keep their hours. Follow-up opens the day and the closing ends it."""
    first = [item for item in items if item.kind is ItemKind.FOLLOW_UP]
    last = [item for item in items if item.kind is ItemKind.CLOSING]
    breaks = sorted(
        (item for item in items if item.fixed_at), key=lambda item: item.fixed_at or day.starts_at
    )
    kept = {item.id for item in (*first, *last, *breaks)}
    points = _grouped([item for item in items if item.id not in kept])
    return [*_woven([*first, *points], breaks, day), *last]


def _grouped(points: Sequence[AgendaItem]) -> list[AgendaItem]:
    groups: dict[uuid.UUID, list[AgendaItem]] = {}
    for point in points:
        groups.setdefault(point.presenter_id or point.id, []).append(point)
    for group in groups.values():
        group.sort(key=rank)
    in_order = sorted(groups.values(), key=lambda group: rank(group[0]))
    return [point for group in in_order for point in group]


def _woven(points: list[AgendaItem], breaks: list[AgendaItem], day: Day) -> list[AgendaItem]:
    order: list[AgendaItem] = []
    queue, cursor = list(points), day.starts_at
    for pause in breaks:
        room = (pause.fixed_at or cursor) - cursor
        while (point := _first_fitting(queue, room)) is not None:
            queue.remove(point)
            order.append(point)
            room -= timedelta(minutes=point.planned_minutes)
        order.append(pause)
        cursor = max(cursor, pause.fixed_at or cursor) + timedelta(minutes=pause.planned_minutes)
    return order + queue


def _first_fitting(queue: Iterable[AgendaItem], room: timedelta) -> AgendaItem | None:
    return next((point for point in queue if timedelta(minutes=point.planned_minutes) <= room), None)


def rank(item: AgendaItem) -> int:
    """How early a point should come: reported first, then urgent dossiers, then the others by kind."""
    if is_reported(item):
        return 0
    if item.dossier is not None:
        return _URGENCY_RANKS[item.dossier.urgency]
    return _KIND_RANKS.get(item.kind, 8)


def is_reported(item: AgendaItem) -> bool:
    """Whether the point comes from an earlier session that postponed it."""
    return item.followed_item is not None and item.followed_item.state is ItemState.POSTPONED


def order_faults(items: Sequence[AgendaItem], day: Day) -> list[str]:
    """The facts that speak for another order, as sentences."""
    points = [item for item in items if not item.is_fixed and item.kind not in _UNMOVED]
    return [*_late_breaks(items, day), *_overtaken(points), *_parted(points)]


def _late_breaks(items: Sequence[AgendaItem], day: Day) -> list[str]:
    late = [slot for slot in schedule_of(items, day) if slot.late_minutes]
    return [f"{slot.item.name} commencerait {duration(slot.late_minutes)} après son heure." for slot in late]


def _overtaken(points: Sequence[AgendaItem]) -> list[str]:
    told = []
    for place, point in enumerate(points):
        before = [other for other in points[:place] if other.presenter_id != point.presenter_id]
        if rank(point) <= 1 and any(rank(other) > rank(point) for other in before):
            told.append(f"{point.name} {_why_early(point)} et passerait avant.")
    return told


def _why_early(point: AgendaItem) -> str:
    if point.followed_item is not None and is_reported(point):
        return f"est reporté du {short_date(point.followed_item.commission_session.starts_at)}"
    return "est urgent"


def _parted(points: Sequence[AgendaItem]) -> list[str]:
    places: dict[uuid.UUID, list[int]] = {}
    for place, point in enumerate(points):
        if point.presenter_id is not None:
            places.setdefault(point.presenter_id, []).append(place)
    parted = [found for found in places.values() if found[-1] - found[0] >= len(found)]
    return [
        f"{listed([points[place].name for place in found])} ont le même référent d’étape : pas d’attente."
        for found in parted
    ]


def _relieved(
    items: list[AgendaItem], day: Day, over: int, next_day: CommissionSession | None
) -> Arrangement | None:
    kicker = f"La journée dépasse de {duration(over)}"
    better = arranged(items, day)
    if (left := _overflow(better, day)) < over:
        reasons = ["Les points prendraient les creux avant les pauses.", _after(better, day, left)]
        return Arrangement(kicker, "Réordonner la journée ?", reasons, better)
    if (point := _least_urgent(items, over)) is not None and (next_day is not None or point.dossier is None):
        return _postponing(items, day, kicker, point, next_day)
    return _shortened(items, day, kicker)


def _least_urgent(items: Sequence[AgendaItem], over: int) -> AgendaItem | None:
    movable = [item for item in items if not item.is_fixed and item.kind not in _UNMOVED and rank(item) > 1]
    enough = [item for item in movable if item.planned_minutes >= over]
    return max(enough or movable, key=lambda item: (rank(item), item.position), default=None)


def _postponing(
    items: list[AgendaItem], day: Day, kicker: str, point: AgendaItem, next_day: CommissionSession | None
) -> Arrangement:
    order = [item for item in items if item is not point]
    after = _after(order, day, _overflow(order, day))
    act = f"Reporter « {point.name} » au {short_date(next_day.starts_at)} ?" if next_day else ""
    reasons = ["C’est le point le moins urgent.", after]
    return Arrangement(
        kicker, act or f"Retirer « {point.name} » de la journée ?", reasons, order,
        postponed=point, target=next_day,
    )  # fmt: skip


def _shortened(items: list[AgendaItem], day: Day, kicker: str) -> Arrangement | None:
    """Lengths cut by a third at most, the least urgent points first, until the day fits."""
    points = [item for item in items if not item.is_fixed and item.planned_minutes > SHORTEST_MINUTES]
    minutes: dict[uuid.UUID, int] = {}
    over = _overflow(items, day)
    for point in sorted(points, key=rank, reverse=True):
        cut = min(over, point.planned_minutes // 3, point.planned_minutes - SHORTEST_MINUTES)
        cut -= cut % STEP_MINUTES
        if cut > 0:
            minutes[point.id] = point.planned_minutes - cut
            over -= cut
    if not minutes:
        return None
    told = [
        f"{point.name} : {duration(minutes[point.id])} au lieu de {duration(point.planned_minutes)}."
        for point in points
        if point.id in minutes
    ]
    return Arrangement(kicker, "Raccourcir les points les moins urgents ?", told, items, minutes)


def _overflow(items: Sequence[AgendaItem], day: Day) -> int:
    return overflow_minutes(schedule_of(items, day), day)


def _after(items: Sequence[AgendaItem], day: Day, left: int) -> str:
    return f"Il resterait {duration(left)} de trop." if left else f"La journée finirait {_end(items, day)}."


def _end(items: Sequence[AgendaItem], day: Day) -> str:
    slots = schedule_of(items, day)
    return f"à {hour(max(slot.end for slot in slots))}" if slots else f"à {hour(day.ends_at)}"
