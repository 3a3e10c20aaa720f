"""Changes to what is left of a running day: apply what the assistant proposes, move, resize, split, merge,
undo.

Whoever holds the floor makes them; each is kept with what it takes to undo it, and the last one can be taken
back as long as none of its points has begun since.
"""

import uuid
from collections.abc import Sequence
from typing import Any

from commission_app.accounts.models import User
from commission_app.core import clock
from commission_app.core.db import db
from commission_app.core.errors import InvalidInputError, StaleError, WrongStateError
from commission_app.core.events import record
from commission_app.sessions.agenda.models import AgendaItem
from commission_app.sessions.agenda.order import renumber
from commission_app.sessions.agenda.postponement.services import postpone_item
from commission_app.sessions.agenda.postponement.taking_back import take_item_back
from commission_app.sessions.agenda.queries import items_of
from commission_app.sessions.agenda.schedule import UNIT_MINUTES
from commission_app.sessions.agenda.services import LONGEST_MINUTES, SHORTEST_MINUTES
from commission_app.sessions.day.course import elapsed_seconds
from commission_app.sessions.day.leading import expect_current, lead
from commission_app.sessions.day.queries import current_item, read_again
from commission_app.sessions.day.replanning.models import CourseChange
from commission_app.sessions.day.replanning.queries import last_change, running_day
from commission_app.sessions.day.replanning.relief import Relief, reliefs_of
from commission_app.sessions.models import CommissionSession
from commission_app.sessions.states import ItemKind, ItemState

CAUGHT_UP = "Retard pris en séance"
KEPT = (
    "position",
    "planned_minutes",
    "title",
    "text",
    "dossier_id",
    "presenter_id",
    "proposal_id",
    "action_id",
    "is_recurring",
    "followed_item_id",
)
IDENTIFIERS = tuple(name for name in KEPT if name.endswith("_id"))


def apply_relief(actor: User, day: CommissionSession, *, key: str) -> Relief:
    """Do what the assistant proposes under this name, as it proposes it at this instant; refused when it no
    longer does."""
    lead(actor, day)
    relief = next((one for one in reliefs_of(running_day(day)) if one.key == key), None)
    if relief is None:
        raise StaleError(
            "La journée a changé : cette proposition ne vaut plus. Voici les propositions du moment."
        )
    change = _remember(actor, day, relief.title)
    for item in relief.order:
        item.planned_minutes = relief.minutes.get(item.id, item.planned_minutes)
    for item in relief.postponed:
        postpone_item(actor, item, to=relief.target, reason=CAUGHT_UP)
    renumber([*relief.order, *relief.postponed])
    record(actor, "day_caught_up", change, way=key)
    return relief


def move_point(actor: User, day: CommissionSession, item: AgendaItem, *, up: bool) -> None:
    """Exchange a waiting point with the waiting point before or after it; at the edge nothing moves."""
    lead(actor, day)
    _expect_waiting(item)
    waiting = [one for one in items_of(day) if one.state is ItemState.WAITING]
    place = waiting.index(item) + (-1 if up else 1)
    if not 0 <= place < len(waiting):
        return
    other = waiting[place]
    change = _remember(actor, day, f"Déplacer {item.name}")
    item.position, other.position = other.position, item.position
    record(actor, "point_moved_live", change)


def resize_point(actor: User, day: CommissionSession, item: AgendaItem, *, minutes: int) -> None:
    """Give a waiting point, or the one under way, another length; from 10 minutes to 5 hours, by five."""
    lead(actor, day)
    if item.state not in (ItemState.WAITING, ItemState.LIVE):
        raise WrongStateError("Ce point est déjà vu : sa durée ne change plus.")
    if not SHORTEST_MINUTES <= minutes <= LONGEST_MINUTES:
        raise InvalidInputError("Indiquez une durée de 10 à 300 minutes.", field="minutes")
    change = _remember(actor, day, f"Changer la durée de {item.name}")
    item.planned_minutes = UNIT_MINUTES * round(minutes / UNIT_MINUTES)
    record(actor, "point_resized_live", change, minutes=item.planned_minutes)


def split_current(actor: User, day: CommissionSession, *, seen_id: uuid.UUID | None) -> AgendaItem:
    """Keep the rest of the point under way for later: a second part waits behind the next fixed break, or
    right behind the point when no break is left. The first part goes on until it is ended."""
    lead(actor, day)
    expect_current(day, seen_id)
    current = current_item(day)
    if current is None:
        raise WrongStateError("Aucun point n’est en cours.")
    items = items_of(day)
    change = _remember(actor, day, f"Scinder {current.name}")
    spent = elapsed_seconds(current, day, clock.now()) // 60
    second = AgendaItem(
        commission_session=day,
        position=len(items),
        kind=current.kind,
        title=_second_title(current),
        text=current.text,
        planned_minutes=_in_steps(current.planned_minutes - spent),
        dossier_id=current.dossier_id,
        presenter_id=current.presenter_id,
        followed_item_id=current.id,
    )
    current.planned_minutes = _in_steps(spent)
    db.session.add(second)
    db.session.flush()
    place = _place_behind(items, current)
    renumber([*items[:place], second, *items[place:]])
    change.made = [str(second.id)]
    record(actor, "point_split", change)
    return second


def merge_with_next(actor: User, day: CommissionSession, item: AgendaItem) -> None:
    """Treat a waiting point and the next one as one, for the minutes of both.

    Refused across a break, for two different situations, or when a written opinion stands on the second.
    """
    lead(actor, day)
    _expect_waiting(item)
    items = items_of(day)
    following = next((one for one in items[items.index(item) + 1 :] if one.state is ItemState.WAITING), None)
    if following is None or following.is_fixed or item.is_fixed:
        raise WrongStateError("Il n’y a pas de point à réunir avec celui-ci avant la pause.")
    if item.dossier_id != following.dossier_id:
        raise WrongStateError("Deux situations différentes restent deux points.")
    if following.opinions:
        raise WrongStateError("Un avis écrit est joint au second point : gardez-les séparés.")
    change = _remember(actor, day, f"Réunir {item.name} et {following.name}")
    item.planned_minutes = min(LONGEST_MINUTES, item.planned_minutes + following.planned_minutes)
    item.title = _joined(item.title, following.title, " et ")[:200]
    item.text = _joined(item.text, following.text, "\n\n")
    db.session.delete(following)
    record(actor, "points_merged", change)


def undo_last(actor: User, day: CommissionSession, *, change_id: uuid.UUID) -> str:
    """Take the last change back and tell what it was; refused once a later change was made, or one of its
    points began."""
    lead(actor, day)
    change = last_change(day.id)
    if change is None or change.id != change_id:
        raise StaleError("Un autre changement a été fait depuis : regardez la suite de la journée.")
    for key in change.made:
        _take_away(uuid.UUID(key))
    for row in change.before:
        _put_back(actor, day, row)
    db.session.flush()
    _restore_order(day, [row["id"] for row in change.before])
    change.undone_at = clock.now()
    record(actor, "course_change_undone", change)
    return change.words


def _remember(actor: User, day: CommissionSession, words: str) -> CourseChange:
    change = CourseChange(
        commission_session_id=day.id,
        actor_id=actor.id,
        words=words[:200],
        before=[_kept(item) for item in items_of(day)],
    )
    db.session.add(change)
    return change


def _kept(item: AgendaItem) -> dict[str, Any]:
    """A point as it is, less what is written about a situation: changes are kept in clear."""
    values = {name: getattr(item, name) for name in KEPT}
    values["text"] = "" if item.dossier_id else values["text"]
    for name in IDENTIFIERS:
        values[name] = str(values[name]) if values[name] else None
    return {"id": str(item.id), "state": item.state.value, **values, "kind": item.kind.value}


def _put_back(actor: User, day: CommissionSession, row: dict[str, Any]) -> None:
    item = db.session.get(AgendaItem, uuid.UUID(row["id"]))
    if item is None:
        item = AgendaItem(id=uuid.UUID(row["id"]), commission_session_id=day.id, **_values(row))
        db.session.add(item)
        return
    changes = {name: row[name] for name in ("planned_minutes", "title", "text")}
    if item.dossier_id is not None:
        del changes["text"]
    differs = any(getattr(item, name) != value for name, value in changes.items())
    was_waiting = row["state"] == ItemState.WAITING.value
    if was_waiting and item.state is ItemState.POSTPONED:
        take_item_back(actor, item)
    elif was_waiting and item.state is not ItemState.WAITING and differs:
        raise WrongStateError(f"« {item.name} » a commencé depuis : ce changement ne s’annule plus.")
    for name, value in changes.items():
        setattr(item, name, value)


def _values(row: dict[str, Any]) -> dict[str, Any]:
    values = {name: row[name] for name in KEPT}
    for name in IDENTIFIERS:
        values[name] = uuid.UUID(values[name]) if values[name] else None
    return {**values, "kind": ItemKind(row["kind"])}


def _take_away(item_id: uuid.UUID) -> None:
    item = db.session.get(AgendaItem, item_id)
    if item is not None and item.state is not ItemState.WAITING:
        raise WrongStateError(f"« {item.name} » a commencé depuis : ce changement ne s’annule plus.")
    if item is not None:
        db.session.delete(item)
        db.session.flush()


def _restore_order(day: CommissionSession, order: Sequence[str]) -> None:
    """The order of before; a point placed meanwhile stays behind the one it followed."""
    places = {key: float(place) for place, key in enumerate(order)}
    last = -1.0
    for item in items_of(day):
        last = places.setdefault(str(item.id), last + 0.5)
    renumber(sorted(items_of(day), key=lambda item: places[str(item.id)]))


def _expect_waiting(item: AgendaItem) -> None:
    read_again(item)
    if item.state is not ItemState.WAITING:
        raise WrongStateError("Ce point n’est plus à venir.")


def _place_behind(items: Sequence[AgendaItem], current: AgendaItem) -> int:
    start = next(place for place, item in enumerate(items) if item.id == current.id)
    breaks = [
        place
        for place, item in enumerate(items)
        if place > start and item.is_fixed and item.state is ItemState.WAITING
    ]
    return (breaks[0] if breaks else start) + 1


def _second_title(item: AgendaItem) -> str:
    return "" if item.dossier_id else f"{item.title or item.kind.label} (suite)"[:200]


def _in_steps(minutes: int) -> int:
    return max(SHORTEST_MINUTES, UNIT_MINUTES * -(-minutes // UNIT_MINUTES))


def _joined(one: str, other: str, between: str) -> str:
    return between.join(part for part in dict.fromkeys((one, other)) if part)
