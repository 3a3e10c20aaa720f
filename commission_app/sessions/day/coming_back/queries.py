"""What happened on a day since a moment, for one reader."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from commission_app.accounts.models import User
from commission_app.core.db import db
from commission_app.core.french import listed, plural
from commission_app.followup.models import Action
from commission_app.sessions.agenda.models import AgendaItem
from commission_app.sessions.day.view import Decided, LiveView
from commission_app.sessions.states import ItemState


@dataclass(frozen=True)
class Missed:
    """What fell since a moment: decisions, points that ended, actions for the reader's structure."""

    since: datetime
    decisions: tuple[Decided, ...]
    tasks: tuple[tuple[str, date], ...]
    ended: tuple[str, ...]

    @property
    def words(self) -> str:
        """« 2 décisions, 1 action pour vous », '' when nothing was missed."""
        parts = [
            plural(len(self.decisions), "décision") if self.decisions else "",
            f"{plural(len(self.tasks), 'action')} pour vous" if self.tasks else "",
            f"{plural(len(self.ended), 'point passé', 'points passés')}" if self.ended else "",
        ]
        return listed([part for part in parts if part])


def missed_since(reader: User, view: LiveView, since: datetime) -> Missed:
    """What this reader missed of a day since a moment; actions are those of the reader's own structure."""
    return Missed(
        since=since,
        decisions=tuple(one for one in view.decisions if one.decided_at > since and one.replaced_by is None),
        tasks=_tasks(reader, view, since),
        ended=_ended(view, since),
    )


def _tasks(reader: User, view: LiveView, since: datetime) -> tuple[tuple[str, date], ...]:
    if reader.structure_id is None:
        return ()
    query = (
        select(Action.title, Action.due_on)
        .where(
            Action.commission_session_id == view.id,
            Action.structure_id == reader.structure_id,
            Action.created_at > since,
        )
        .order_by(Action.due_on)
    )
    return tuple((title, due_on) for title, due_on in db.session.execute(query))


def _ended(view: LiveView, since: datetime) -> tuple[str, ...]:
    query = select(AgendaItem.id).where(
        AgendaItem.commission_session_id == view.id,
        AgendaItem.state == ItemState.DONE,
        AgendaItem.ended_at > since,
    )
    ended = set(db.session.scalars(query))
    return tuple(point.name for point in view.counted if point.id in ended)
