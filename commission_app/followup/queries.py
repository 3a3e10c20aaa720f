"""The board, the list and the counts of actions; nothing grows with the table."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import ColumnElement, Select, func, select, union_all
from sqlalchemy.orm import joinedload, selectinload
from sqlalchemy.orm.interfaces import ORMOption

from commission_app.accounts.models import User
from commission_app.core import clock
from commission_app.core.db import db
from commission_app.core.errors import NotFoundError
from commission_app.core.pages import COUNT_LIMIT
from commission_app.core.search import pattern
from commission_app.followup.models import Action
from commission_app.followup.policies import visible_actions
from commission_app.followup.states import OPEN_STATES, ActionState

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


def filtered(actor: User, wanted: ActionFilter) -> Select[Action]:
    """The actions that the actor may read, narrowed; in no order."""
    return visible_actions(actor).where(*_conditions(actor, wanted))


def listed(actor: User, wanted: ActionFilter) -> Select[Action]:
    """The same as a list: what falls due first comes first; with what a row shows."""
    return filtered(actor, wanted).order_by(Action.due_on, Action.id).options(*_shown())


def board_of(actor: User, wanted: ActionFilter) -> list[Lane]:
    """The four lanes, the late ones first in those that are open: two queries and the notes."""
    query = filtered(actor, wanted)
    firsts = [_first(query, state) for state in ActionState]
    chosen = union_all(*(select(part.subquery().c.id) for part in firsts))
    rows = db.session.scalars(
        select(Action)
        .where(Action.id.in_(chosen.scalar_subquery()))
        .options(*_shown(), selectinload(Action.notes))
    ).all()
    counts = _counts(query.where(Action.state == state) for state in ActionState)
    return [
        Lane(state, count, _in_order(state, rows)) for state, count in zip(ActionState, counts, strict=True)
    ]


def counts_of(actor: User, territory_id: uuid.UUID) -> Counts:
    """Open, late, done since the first of January, on one territory: one query."""
    query = visible_actions(actor).where(Action.territory_id == territory_id)
    new_year = clock.now().replace(month=1, day=1, hour=0, minute=0, second=0, microsecond=0)
    done = query.where(Action.state == ActionState.DONE, Action.done_at >= new_year)
    return Counts(*_counts([query.where(_is_open()), query.where(_is_late()), done]))


def get_action(actor: User, action_id: uuid.UUID) -> Action:
    """One action with all that its page shows; raises NotFoundError when the actor may not read it."""
    query = visible_actions(actor).where(Action.id == action_id).options(*_shown())
    action = db.session.scalars(query).unique().one_or_none()
    if action is None:
        raise NotFoundError()
    return action


def open_actions(territory_ids: Iterable[uuid.UUID], limit: int = 100) -> list[Action]:
    """What still has to be done on these territories, what falls due first comes first."""
    return _read(_on(territory_ids).where(_is_open()), limit)


def late_actions(territory_ids: Iterable[uuid.UUID], limit: int = 10) -> list[Action]:
    """What is past its day on these territories, the latest first."""
    return _read(_on(territory_ids).where(_is_late()), limit)


def count_late(territory_ids: Iterable[uuid.UUID]) -> int:
    """How many actions are late on these territories; stops at COUNT_LIMIT + 1."""
    return _counts([_on(territory_ids).where(_is_late())])[0]


def actions_of_structure(structure_id: uuid.UUID, limit: int = 20) -> list[Action]:
    """What a structure still has to do, everywhere it acts."""
    return _read(select(Action).where(Action.structure_id == structure_id, _is_open()), limit)


def actions_of_owner(owner_id: uuid.UUID, limit: int = 20) -> list[Action]:
    """What a person still has to do."""
    return _read(select(Action).where(Action.owner_id == owner_id, _is_open()), limit)


def actions_of_session(commission_session_id: uuid.UUID) -> list[Action]:
    """What came from a session, in any state."""
    return _read(select(Action).where(Action.commission_session_id == commission_session_id), 200)


def actions_of_dossier(dossier_id: uuid.UUID) -> list[Action]:
    """What is done about a dossier, in any state."""
    return _read(select(Action).where(Action.dossier_id == dossier_id), 50)


def _read(query: Select[Action], limit: int) -> list[Action]:
    ordered = query.order_by(Action.due_on, Action.id).limit(limit).options(*_shown())
    return list(db.session.scalars(ordered).unique())


def _on(territory_ids: Iterable[uuid.UUID]) -> Select[Action]:
    return select(Action).where(Action.territory_id.in_(list(territory_ids)))


def _shown() -> tuple[ORMOption, ...]:
    owner = joinedload(Action.owner)
    return (
        joinedload(Action.structure),
        joinedload(Action.territory),
        owner.lazyload(User.memberships),
        owner.lazyload(User.structure),
        joinedload(Action.dossier),
    )


def _is_open() -> ColumnElement[bool]:
    return Action.state.in_(OPEN_STATES)


def _is_late(day: date | None = None) -> ColumnElement[bool]:
    return _is_open() & (Action.due_on < (day or clock.today()))


def _conditions(actor: User, wanted: ActionFilter) -> list[ColumnElement[bool]]:
    asked: list[tuple[object, ColumnElement[bool]]] = [
        (wanted.territory_id, Action.territory_id == wanted.territory_id),
        (wanted.structure_id, Action.structure_id == wanted.structure_id),
        (wanted.session_id, Action.commission_session_id == wanted.session_id),
        (wanted.state, Action.state == wanted.state),
        (wanted.is_late, _is_late()),
        (wanted.is_mine, Action.owner_id == actor.id),
        (wanted.text, Action.search.like(pattern(wanted.text), escape="\\")),
    ]
    return [condition for value, condition in asked if value]


def _first(query: Select[Action], state: ActionState) -> Select[uuid.UUID]:
    order = Action.due_on.asc() if state in OPEN_STATES else Action.done_at.desc()
    lane = query.where(Action.state == state).order_by(order, Action.id).limit(LANE_SIZE)
    return lane.with_only_columns(Action.id)


def _in_order(state: ActionState, rows: Sequence[Action]) -> list[Action]:
    mine = [row for row in rows if row.state is state]
    if state in OPEN_STATES:
        return sorted(mine, key=lambda row: (row.due_on, row.id))
    return sorted(mine, key=lambda row: row.done_at or row.created_at, reverse=True)


def _counts(queries: Iterable[Select[Action]]) -> list[int]:
    """Count several selections in one statement, none further than COUNT_LIMIT + 1."""
    parts = [
        select(func.count())
        .select_from(query.with_only_columns(Action.id).limit(COUNT_LIMIT + 1).subquery())
        .scalar_subquery()
        for query in queries
    ]
    return [int(count) for count in db.session.execute(select(*parts)).one()]
