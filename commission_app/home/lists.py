"""The short lists of a home: actions, own dossiers, urgent requests."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import CompoundSelect, Select, case, func, or_, select, union_all

from commission_app.accounts.models import User
from commission_app.core.db import db
from commission_app.core.prepared import Prepared
from commission_app.dossiers.models import Dossier, Remark
from commission_app.dossiers.states import DossierState
from commission_app.followup.due import Due
from commission_app.followup.models import Action
from commission_app.followup.queries import is_late, is_open
from commission_app.followup.states import ActionState
from commission_app.home.counts import firsts
from commission_app.territories.models import Structure

ACTIONS_SHOWN = 4
DOSSIERS_SHOWN = 4

#: What a référent sees first: what must be completed, then what is being written, then what goes on.
ORDER = (
    DossierState.TO_COMPLETE,
    DossierState.DRAFT,
    DossierState.SCHEDULED,
    DossierState.EXCHANGE,
    DossierState.SUBMITTED,
)


@dataclass(frozen=True)
class HomeAction(Due):
    """A line about an action: what, by when, who, and the code of its dossier for the coordination."""

    id: uuid.UUID
    title: str
    due_on: date
    state: ActionState
    done_at: datetime | None
    territory_id: uuid.UUID
    structure_id: uuid.UUID
    owner_id: uuid.UUID | None
    structure: str
    first_name: str | None
    last_name: str | None
    code: str | None

    @property
    def owner(self) -> str:
        """The person who has to do it, or ''."""
        return f"{self.first_name} {self.last_name}" if self.first_name else ""


@dataclass(frozen=True)
class ActionLists:
    """The late actions of the territories coordinated, and the open ones of the person's structure."""

    late: list[HomeAction]
    own: list[HomeAction]


@dataclass(frozen=True)
class OwnDossier:
    """A dossier of the référent: where it stands, and how many remarks wait for an answer."""

    id: uuid.UUID
    code: str
    state: DossierState
    remarks: int


def actions_for(actor: User, coordinated: set[uuid.UUID], *, own: bool) -> ActionLists:
    """Both lists in one statement, each stopping at a handful."""
    if not (coordinated or own):
        return ActionLists([], [])
    rows = _ACTIONS(
        coordinated=tuple(sorted(coordinated)),
        owner_id=actor.id if own else None,
        structure_id=actor.structure_id if own else None,
    )
    found = [HomeAction(*row) for row in rows]
    late = [line for line in found if line.territory_id in coordinated and line.is_late]
    mine = [line for line in found if _is_own(actor, line)] if own else []
    return ActionLists(late[:ACTIONS_SHOWN], mine[:ACTIONS_SHOWN])


def own_dossiers_of(actor: User, territory_ids: set[uuid.UUID]) -> list[OwnDossier]:
    """The référent's dossiers that are not over, those to complete first."""
    if not territory_ids:
        return []
    parts = [
        select(Dossier.id)
        .where(
            Dossier.referent_id == actor.id, Dossier.state == state, Dossier.territory_id.in_(territory_ids)
        )
        .order_by(Dossier.state_since.desc())
        .limit(DOSSIERS_SHOWN)
        .subquery()
        for state in ORDER
    ]
    remarks = (
        select(func.count())
        .where(Remark.dossier_id == Dossier.id, Remark.answered_at.is_(None))
        .correlate(Dossier)
        .scalar_subquery()
    )
    rank = case({state: number for number, state in enumerate(ORDER)}, value=Dossier.state)
    rows = db.session.execute(
        select(Dossier.id, Dossier.code, Dossier.state, remarks)
        .where(Dossier.id.in_(union_all(*(select(part.c[0]) for part in parts))))
        .order_by(rank, Dossier.state_since.desc())
    )
    return [OwnDossier(*row) for row in rows]


def _actions(*, coordinated: list[Any], owner_id: Any, structure_id: Any) -> Select[Any]:
    parts = [_late_ids(coordinated), _own_ids(owner_id, structure_id)]
    return _shown(union_all(*(select(part.subquery().c[0]) for part in parts if part is not None)))


_ACTIONS = Prepared(_actions)


def _late_ids(territory_ids: list[Any]) -> Select[uuid.UUID] | None:
    late = select(Action.id).where(is_late()).order_by(Action.due_on)
    return firsts(late, Action.territory_id, territory_ids, limit=ACTIONS_SHOWN)


def _own_ids(owner_id: Any, structure_id: Any) -> Select[uuid.UUID] | None:
    if owner_id is None:
        return None
    mine = Action.owner_id == owner_id
    if structure_id is not None:
        mine = or_(mine, Action.structure_id == structure_id)
    return select(Action.id).where(is_open(), mine).order_by(Action.due_on).limit(ACTIONS_SHOWN)


def _is_own(actor: User, action: HomeAction) -> bool:
    is_ours = actor.structure_id is not None and action.structure_id == actor.structure_id
    return action.is_open and (action.owner_id == actor.id or is_ours)


def _shown(ids: CompoundSelect[uuid.UUID]) -> Select[Any]:
    columns: tuple[Any, ...] = (
        Action.id, Action.title, Action.due_on, Action.state, Action.done_at, Action.territory_id,
        Action.structure_id, Action.owner_id, Structure.name, User.first_name, User.last_name, Dossier.code,
    )  # fmt: skip
    return (
        select(*columns)
        .join(Structure, Structure.id == Action.structure_id)
        .outerjoin(User, User.id == Action.owner_id)
        .outerjoin(Dossier, Dossier.id == Action.dossier_id)
        .where(Action.id.in_(ids))
        .order_by(Action.due_on, Action.id)
    )
