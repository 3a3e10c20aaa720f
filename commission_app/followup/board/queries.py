"""The board, the list and the counts of a territory; nothing grows with the table."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time

from sqlalchemy import ColumnElement, Select, case, func, select, union_all
from sqlalchemy.orm import selectinload

from commission_app.accounts.models import User
from commission_app.accounts.queries import territories_for
from commission_app.core import clock
from commission_app.core.db import db
from commission_app.core.pages import COUNT_LIMIT, PAGE_SIZE, Page, paginate
from commission_app.core.search import pattern
from commission_app.followup.models import Action
from commission_app.followup.policies import READERS, visible_actions, visible_actions_on
from commission_app.followup.queries import counted, is_late, is_open, shown
from commission_app.followup.states import OPEN_STATES, ActionState
from commission_app.territories.models import Territory

LANE_SIZE = 6


@dataclass(frozen=True)
class ActionFilter:
    """What a list of actions is narrowed to; every field left out narrows nothing."""

    territory_id: uuid.UUID | None = None
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
    actions: list[Action] = field(default_factory=list)

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


def filtered(actor: User, wanted: ActionFilter) -> Select[Action]:
    """The actions that the actor may read, narrowed; in no order."""
    if wanted.territory_id is None:
        return visible_actions(actor).where(*_conditions(actor, wanted))
    return visible_actions_on(actor, wanted.territory_id).where(*_conditions(actor, wanted))


def listed(actor: User, wanted: ActionFilter) -> Select[Action]:
    """The same as a list: the open ones first, by their day; then the closed ones, the latest first."""
    return _in_list_order(filtered(actor, wanted))


def page_of(actor: User, wanted: ActionFilter, *, number: int) -> Page[Action]:
    """A page of the list. Each state walks its own index as far as that page: the order over all states is
    one that no index has."""
    query = filtered(actor, wanted)
    reach = max(1, number) * PAGE_SIZE
    firsts = [_first(query, state, reach) for state in _states(wanted)]
    ids = union_all(*(select(part.subquery().c.id) for part in firsts))
    within = _in_list_order(select(Action).where(Action.id.in_(ids.scalar_subquery())))
    return paginate(within, number=number, of=query)


def _states(wanted: ActionFilter) -> list[ActionState]:
    if wanted.state is not None:
        return [wanted.state]
    return [state for state in ActionState if state in OPEN_STATES or not wanted.is_late]


def _in_list_order(query: Select[Action]) -> Select[Action]:
    order = (
        case((is_open(), 0), else_=1),
        case((is_open(), Action.due_on)),
        Action.done_at.desc(),
        Action.id,
    )
    return query.order_by(*order).options(*shown())


def board_of(actor: User, wanted: ActionFilter) -> list[Lane]:
    """The four lanes, the late ones first in those that are open: two queries and the notes."""
    query = filtered(actor, wanted)
    firsts = [_first(query, state, LANE_SIZE) for state in ActionState]
    chosen = union_all(*(select(part.subquery().c.id) for part in firsts))
    rows = db.session.scalars(
        select(Action)
        .where(Action.id.in_(chosen.scalar_subquery()))
        .options(*shown(), selectinload(Action.notes))
    ).all()
    counts = counted(query.where(Action.state == state) for state in ActionState)
    return [
        Lane(state, count, _in_order(state, rows)) for state, count in zip(ActionState, counts, strict=True)
    ]


def counts_of(actor: User, territory_id: uuid.UUID) -> Counts:
    """Open, late, done since the first of January, on one territory: one query."""
    query = visible_actions_on(actor, territory_id)
    new_year = _new_year()
    done = query.where(Action.state == ActionState.DONE, Action.done_at >= new_year)
    return Counts(*counted([query.where(is_open()), query.where(is_late()), done]))


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


def _conditions(actor: User, wanted: ActionFilter) -> list[ColumnElement[bool]]:
    asked: list[tuple[object, ColumnElement[bool]]] = [
        (wanted.structure_id, Action.structure_id == wanted.structure_id),
        (wanted.session_id, Action.commission_session_id == wanted.session_id),
        (wanted.state, Action.state == wanted.state),
        (wanted.is_late, is_late()),
        (wanted.is_mine, Action.owner_id == actor.id),
        (wanted.text, Action.search.like(pattern(wanted.text), escape="\\")),
    ]
    return [condition for value, condition in asked if value]


def _first(query: Select[Action], state: ActionState, limit: int) -> Select[uuid.UUID]:
    order = Action.due_on.asc() if state in OPEN_STATES else Action.done_at.desc()
    lane = query.where(Action.state == state).order_by(order, Action.id).limit(limit)
    return lane.with_only_columns(Action.id)


def _in_order(state: ActionState, rows: Sequence[Action]) -> list[Action]:
    mine = [row for row in rows if row.state is state]
    if state in OPEN_STATES:
        return sorted(mine, key=lambda row: (row.due_on, row.id))
    return sorted(mine, key=lambda row: row.done_at or row.created_at, reverse=True)
