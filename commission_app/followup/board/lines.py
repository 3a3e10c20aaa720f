"""What a line of the board or of the list says of an action, read in one row."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, case, select
from sqlalchemy.orm import aliased

from commission_app.accounts.models import User
from commission_app.dossiers.models import Dossier
from commission_app.dossiers.policies import is_seen, sight_of
from commission_app.followup.due import Due
from commission_app.followup.models import Action, ActionNote
from commission_app.followup.policies import followed, hands_of
from commission_app.followup.queries import is_open
from commission_app.followup.states import ActionState
from commission_app.territories.models import Structure

#: The values of `lines`.
READER = ("actor_id", "structure_id", "acting", "written", "coordinated")


@dataclass(frozen=True)
class ActionLine(Due):
    """An action in a list. `code` is that of its dossier, None for those who may not know it; `note` is the
    latest word on an open one."""

    id: uuid.UUID
    title: str
    due_on: date
    state: ActionState
    done_at: datetime | None
    created_at: datetime
    drop_reason: str
    note: str
    structure: str
    first_name: str | None
    last_name: str | None
    code: str | None

    @property
    def who(self) -> str:
        """The structure, and the person where there is one."""
        return f"{self.structure}, {self.first_name} {self.last_name}" if self.first_name else self.structure

    @classmethod
    def of(cls, action: Action, note: ActionNote | None, *names: Any) -> "ActionLine":
        """An action and its latest note, with the names and the code beside them."""
        return cls(
            action.id,
            action.title,
            action.due_on,
            action.state,
            action.done_at,
            action.created_at,
            action.drop_reason,
            note.text if note else "",
            *names,
        )


def reader_of(actor: User) -> dict[str, Any]:
    """What decides which codes a person reads, as the values of `lines`."""
    return sight_of(actor) | hands_of(actor)


def lines(
    *,
    actor_id: Any,
    structure_id: Any,
    acting: Collection[Any],
    written: Collection[Any],
    coordinated: Collection[Any],
) -> Select[Any]:
    """The lines of actions, for a statement that is built once. Who reads the dossier knows its code; so does
    who has to do the action."""
    follows = followed(actor_id=actor_id, structure_id=structure_id, acting=acting, coordinated=coordinated)
    reads = is_seen(actor_id=actor_id, written=written, coordinated=coordinated)
    newer = aliased(ActionNote)
    latest = (
        select(newer.id)
        .where(newer.action_id == Action.id)
        .order_by(newer.created_at.desc())
        .limit(1)
        .scalar_subquery()
    )
    columns: tuple[Any, ...] = (
        Action, ActionNote, Structure.name, User.first_name, User.last_name,
        case((follows | reads, Dossier.code)),
    )  # fmt: skip
    return (
        select(*columns)
        .select_from(Action)
        .outerjoin(ActionNote, is_open() & (ActionNote.id == latest))
        .join(Structure, Structure.id == Action.structure_id)
        .outerjoin(User, User.id == Action.owner_id)
        .outerjoin(Dossier, Dossier.id == Action.dossier_id)
    )
