"""The door of an action, what other pages show of actions, and the criteria they share."""

import uuid
from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, func, literal, or_, select, union_all
from sqlalchemy.orm import joinedload, selectinload
from sqlalchemy.orm.interfaces import ORMOption

from commission_app.accounts.models import User
from commission_app.core.db import db
from commission_app.core.errors import NotFoundError
from commission_app.core.pages import COUNT_LIMIT
from commission_app.core.prepared import TODAY, Prepared
from commission_app.dossiers.models import Dossier
from commission_app.dossiers.policies import visible_dossiers
from commission_app.followup.models import Action, ActionNote
from commission_app.followup.policies import can_follow_action, visible_actions
from commission_app.followup.states import OPEN_STATES
from commission_app.territories.models import Structure, Territory


def get_action(actor: User, action_id: uuid.UUID) -> Action:
    """One action with all that its page shows; raises NotFoundError when the actor may not read it."""
    dossier = joinedload(Action.dossier).load_only(Dossier.erased_at)
    query = visible_actions(actor).where(Action.id == action_id).options(*shown(), dossier)
    action = db.session.scalars(query).unique().one_or_none()
    if action is None:
        raise NotFoundError()
    return action


def codes_for(actor: User, actions: Iterable[Action]) -> dict[uuid.UUID, str]:
    """The codes of the dossiers behind these actions, by dossier, for those who may know them.

    Who reads the dossier knows its code; so does who has to do the action.
    """
    asked = {action.dossier_id: action for action in actions if action.dossier_id is not None}
    if not asked:
        return {}
    told = [key for key, action in asked.items() if can_follow_action(actor, action)]
    readable = visible_dossiers(actor).with_only_columns(Dossier.id).where(Dossier.id.in_(list(asked)))
    query = select(Dossier.id, Dossier.code).where(
        Dossier.id.in_(list(asked)), or_(Dossier.id.in_(told), Dossier.id.in_(readable))
    )
    return dict(db.session.execute(query).all())


def structures_acting(territory_id: uuid.UUID) -> list[Structure]:
    """The structures that act on a territory, by name."""
    return list(_ACTING(territory_id=territory_id).scalars())


_ACTING = Prepared(
    lambda *, territory_id: (
        select(Structure)
        .where(Structure.archived_on.is_(None), Structure.territories.any(Territory.id == territory_id))
        .order_by(Structure.name)
    )
)


def open_actions(territory_ids: Iterable[uuid.UUID], limit: int = 100) -> list[Action]:
    """What still has to be done on these territories, what falls due first comes first.

    Each state of each territory walks its own index and stops: together they would all be sorted.
    """
    parts = [
        select(Action.id)
        .where(Action.territory_id == territory_id, Action.state == state)
        .order_by(Action.due_on, Action.id)
        .limit(limit)
        .subquery()
        for territory_id in territory_ids
        for state in OPEN_STATES
    ]
    if not parts:
        return []
    firsts = union_all(*(select(part.c.id) for part in parts))
    return _read(select(Action).where(Action.id.in_(firsts.scalar_subquery())), limit)


def late_actions(territory_ids: Iterable[uuid.UUID], limit: int = 10) -> list[Action]:
    """What is past its day on these territories, the latest first."""
    return _read(_on(territory_ids).where(is_late()), limit)


def count_late(territory_ids: Iterable[uuid.UUID]) -> int:
    """How many actions are late on these territories; stops at COUNT_LIMIT + 1."""
    return counted([_on(territory_ids).where(is_late())])[0]


def actions_of_structure(structure_id: uuid.UUID, limit: int = 20) -> list[Action]:
    """What a structure still has to do, everywhere it acts."""
    return _read(select(Action).where(Action.structure_id == structure_id, is_open()), limit)


def actions_of_owner(owner_id: uuid.UUID, limit: int = 20) -> list[Action]:
    """What a person still has to do."""
    return _read(select(Action).where(Action.owner_id == owner_id, is_open()), limit)


def actions_of_session(commission_session_id: uuid.UUID) -> list[Action]:
    """What came from a session, in any state."""
    return _read(select(Action).where(Action.commission_session_id == commission_session_id), 200)


def actions_of_dossier(dossier_id: uuid.UUID) -> list[Action]:
    """What is done about a dossier, in any state."""
    return _read(select(Action).where(Action.dossier_id == dossier_id), 50)


def notes_of(action: Action) -> list[ActionNote]:
    """The notes of an action with who wrote them, the newest first."""
    author = joinedload(ActionNote.author)
    query = (
        select(ActionNote)
        .where(ActionNote.action_id == action.id)
        .options(author.lazyload(User.memberships))
        .order_by(ActionNote.created_at.desc())
        .limit(100)
    )
    return list(db.session.scalars(query).unique())


def can_open_dossier(actor: User, action: Action) -> bool:
    """Whether the dossier behind an action opens for the actor."""
    if action.dossier_id is None:
        return False
    query = visible_dossiers(actor).with_only_columns(Dossier.id).where(Dossier.id == action.dossier_id)
    return db.session.scalar(query) is not None


def _read(query: Select[Action], limit: int) -> list[Action]:
    ordered = query.order_by(Action.due_on, Action.id).limit(limit).options(*shown())
    return list(db.session.scalars(ordered).unique())


def _on(territory_ids: Iterable[uuid.UUID]) -> Select[Action]:
    return select(Action).where(Action.territory_id.in_(list(territory_ids)))


def shown() -> tuple[ORMOption, ...]:
    """What a list shows of each action, fetched with it."""
    owner = joinedload(Action.owner)
    return (
        joinedload(Action.structure),
        joinedload(Action.territory),
        selectinload(Action.followers),
        owner.lazyload(User.memberships),
        owner.lazyload(User.structure),
    )


def is_open() -> ColumnElement[bool]:
    """The criterion of actions that still have to be done."""
    return Action.state.in_(OPEN_STATES)


def is_late(day: date | None = None) -> ColumnElement[bool]:
    """The criterion of open actions whose day has passed."""
    return is_open() & (Action.due_on < (TODAY if day is None else day))


def counted(queries: Iterable[Select[Action]]) -> list[int]:
    """Several selections counted in one statement, none further than COUNT_LIMIT + 1."""
    return [int(count) for count in db.session.execute(counting(queries)).one()]


def counting(queries: Iterable[Select[Action]]) -> Select[Any]:
    """That statement."""
    parts = [
        select(func.count())
        .select_from(
            query.with_only_columns(literal(1), maintain_column_froms=True).limit(COUNT_LIMIT + 1).subquery()
        )
        .scalar_subquery()
        for query in queries
    ]
    return select(*parts)
