"""The board, the list and the counts of a territory; nothing grows with the table."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import ScalarSelect, Select, case, func, select, union_all

from commission_app.accounts.models import User
from commission_app.accounts.queries import territories_for
from commission_app.core import clock
from commission_app.core.db import db
from commission_app.core.pages import COUNT_LIMIT, PAGE_SIZE, Page, PreparedPage
from commission_app.core.prepared import Prepared
from commission_app.core.search import pattern
from commission_app.followup.board.lines import READER, ActionLine, lines, reader_of
from commission_app.followup.models import Action
from commission_app.followup.policies import READERS, actions_seen, reads_whole, visible_actions
from commission_app.followup.queries import counting, is_late, is_open, shown
from commission_app.followup.states import OPEN_STATES, ActionState
from commission_app.territories.models import Territory

LANE_SIZE = 6
_LIST_ORDER = (
    case((is_open(), 0), else_=1),
    case((is_open(), Action.due_on)),
    Action.done_at.desc(),
    Action.id,
)


@dataclass(frozen=True)
class ActionFilter:
    """What a list of actions is narrowed to; what is left out narrows nothing."""

    territory_id: uuid.UUID
    structure_id: uuid.UUID | None = None
    session_id: uuid.UUID | None = None
    state: ActionState | None = None
    is_late: bool = False
    is_mine: bool = False
    text: str = ""


@dataclass(frozen=True)
class Lane:
    """A state on the board: its first actions, and how many there are (`count` stops at COUNT_LIMIT + 1)."""

    state: ActionState
    count: int
    actions: list[ActionLine] = field(default_factory=list)

    @property
    def count_words(self) -> str:
        """« 19 », or « plus de 500 »."""
        return f"plus de {COUNT_LIMIT}" if self.count > COUNT_LIMIT else str(self.count)

    @property
    def rest_words(self) -> str:
        """« Voir 4 autres », or '' when every action is shown."""
        rest = self.count - len(self.actions)
        if self.count > COUNT_LIMIT:
            return "Voir toute la liste"
        return f"Voir {rest} autre{'s' if rest > 1 else ''}" if rest > 0 else ""


@dataclass(frozen=True)
class Counts:
    """The line under the title; each stops at COUNT_LIMIT + 1."""

    opened: int
    late: int
    done_this_year: int


@dataclass(frozen=True)
class TerritoryCounts:
    """A territory in the comparison; `oldest` is the day of the open action that is due first."""

    territory: Territory
    opened: int
    late: int
    done_this_year: int
    oldest: date | None


def listed(actor: User, wanted: ActionFilter) -> Select[Action]:
    """The actions that the actor may read, narrowed, as a list: the open ones first, by their day; then the
    closed ones, the latest first."""
    return _seen(**_values(actor, wanted)).order_by(*_LIST_ORDER).options(*shown())


def page_of(actor: User, wanted: ActionFilter, *, number: int) -> Page[ActionLine]:
    """A page of the list. Each state walks its own index as far as that page: the order over all states is
    one that no index has."""
    values = _values(actor, wanted) | reader_of(actor) | {"reach": max(1, number) * PAGE_SIZE}
    return _PAGES.read(ActionLine.of, number, values)


def board_of(actor: User, wanted: ActionFilter) -> list[Lane]:
    """The four lanes, the late ones first in those that are open: two queries."""
    values = _values(actor, wanted)
    rows = _BOARD(**values | reader_of(actor), reach=LANE_SIZE).all()
    lines = [ActionLine.of(*row) for row in rows]
    counts = _LANE_COUNTS(**values).one()
    return [
        Lane(state, count, _in_order(state, lines)) for state, count in zip(ActionState, counts, strict=True)
    ]


def counts_of(actor: User, territory_id: uuid.UUID) -> Counts:
    """Open, late, done since the first of January, on one territory: one query."""
    whole = reads_whole(actor, territory_id)
    return Counts(
        *_COUNTS(territory_id=territory_id, actor_id=actor.id, whole=whole, new_year=_new_year()).one()
    )


def counts_by_territory(actor: User) -> list[TerritoryCounts]:
    """Every territory that the actor reads, side by side: two queries, whatever their number."""
    day, new_year = clock.today(), _new_year()
    visible = visible_actions(actor).subquery()
    opened = visible.c.state.in_(OPEN_STATES)
    rows = db.session.execute(
        select(
            visible.c.territory_id,
            func.count().filter(opened),
            func.count().filter(opened & (visible.c.due_on < day)),
            func.count().filter((visible.c.state == ActionState.DONE) & (visible.c.done_at >= new_year)),
            func.min(visible.c.due_on).filter(opened),
        ).group_by(visible.c.territory_id)
    ).all()
    found = {row[0]: row[1:] for row in rows}
    territories = territories_for(actor, *READERS)
    return [TerritoryCounts(one, *found.get(one.id, (0, 0, 0, None))) for one in territories]


def first_of(query: Select[Action], limit: int) -> list[Action]:
    """The beginning of a list, for a file."""
    return list(db.session.scalars(query.limit(limit)).unique())


def _new_year() -> datetime:
    return datetime.combine(clock.today().replace(month=1, day=1), time(), clock.PARIS)


def _values(actor: User, wanted: ActionFilter) -> dict[str, Any]:
    """What narrows a list, as the values of `_seen`."""
    return {
        "actor_id": actor.id,
        "whole": reads_whole(actor, wanted.territory_id),
        "territory_id": wanted.territory_id,
        "of_structure": wanted.structure_id,
        "of_session": wanted.session_id,
        "state": wanted.state,
        "late": wanted.is_late,
        "mine": wanted.is_mine,
        "text": pattern(wanted.text) if wanted.text else None,
    }


def _seen(
    *,
    actor_id: Any,
    whole: bool,
    territory_id: Any,
    of_structure: Any,
    of_session: Any,
    state: Any,
    late: bool,
    mine: bool,
    text: Any,
) -> Select[Action]:
    query = actions_seen(territory_id, actor_id=actor_id, whole=whole)
    session_id = Action.commission_session_id
    exact = ((Action.structure_id, of_structure), (session_id, of_session), (Action.state, state))
    query = query.where(*(column == value for column, value in exact if value is not None))
    if late:
        query = query.where(is_late())
    if mine:
        query = query.where(Action.owner_id == actor_id)
    return query if text is None else query.where(Action.search.like(text, escape="\\"))


def _firsts(query: Select[Action], limit: Any) -> ScalarSelect[Any]:
    """The first actions of each state."""
    parts = [_first(query, state, limit).subquery() for state in ActionState]
    return union_all(*(select(part.c.id) for part in parts)).scalar_subquery()


def _first(query: Select[Action], state: ActionState, limit: Any) -> Select[uuid.UUID]:
    order = Action.due_on.asc() if state in OPEN_STATES else Action.done_at.desc()
    lane = query.where(Action.state == state).order_by(order, Action.id).limit(limit)
    return lane.with_only_columns(Action.id)


def _split(values: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """The values that say which actions are seen, and those that say what their reader may know of them."""
    reader = {name: values[name] for name in READER}
    seen = {name: value for name, value in values.items() if name == "actor_id" or name not in READER}
    return seen, reader


def _some(*, reach: Any, **values: Any) -> Select[Any]:
    seen, reader = _split(values)
    return lines(**reader).where(Action.id.in_(_firsts(_seen(**seen), reach)))


def _page(**values: Any) -> Select[Any]:
    return _some(**values).order_by(*_LIST_ORDER)


def _whole(*, reach: Any, **values: Any) -> Select[Any]:
    return _seen(**_split(values)[0])


def _lane_counts(**seen: Any) -> Select[Any]:
    query = _seen(**seen)
    return counting(query.where(Action.state == state) for state in ActionState)


def _counts(*, territory_id: Any, actor_id: Any, whole: bool, new_year: Any) -> Select[Any]:
    query = actions_seen(territory_id, actor_id=actor_id, whole=whole)
    done = query.where(Action.state == ActionState.DONE, Action.done_at >= new_year)
    return counting([query.where(is_open()), query.where(is_late()), done])


_PAGES = PreparedPage(_page, of=_whole)
_BOARD, _LANE_COUNTS, _COUNTS = Prepared(_some), Prepared(_lane_counts), Prepared(_counts)


def _in_order(state: ActionState, found: Sequence[ActionLine]) -> list[ActionLine]:
    mine = [line for line in found if line.state is state]
    if state in OPEN_STATES:
        return sorted(mine, key=lambda line: (line.due_on, line.id))
    return sorted(mine, key=lambda line: line.done_at or line.created_at, reverse=True)
