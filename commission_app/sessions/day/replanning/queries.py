"""What the assistant is given, and the last change that can be taken back."""

import uuid

from sqlalchemy import select

from commission_app.core import clock
from commission_app.core.prepared import Prepared
from commission_app.sessions.agenda.queries import items_of, next_session_after, table_of
from commission_app.sessions.day.replanning.models import CourseChange
from commission_app.sessions.day.replanning.relief import Running
from commission_app.sessions.models import CommissionSession


def running_day(day: CommissionSession) -> Running:
    """The day at this instant, with the hours that the answers to the convocation give."""
    return Running(
        day=day,
        items=tuple(items_of(day)),
        now=clock.now(),
        presences=tuple(table_of(day).presences),
        next_day=next_session_after(day),
    )


def last_change(day_id: uuid.UUID) -> CourseChange | None:
    """The last change of a day that was not taken back; those before it wait until it is."""
    found: CourseChange | None = _LAST_CHANGE(day_id=day_id).scalar_one_or_none()
    return found


_LAST_CHANGE = Prepared(
    lambda *, day_id: (
        select(CourseChange)
        .where(CourseChange.commission_session_id == day_id, CourseChange.undone_at.is_(None))
        .order_by(CourseChange.created_at.desc(), CourseChange.id)
        .limit(1)
    )
)
