"""Mails that did not leave: how many and why, never to whom nor what."""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, func, or_, select

from commission_app.core import clock
from commission_app.core.db import db
from commission_app.core.errors import NotFoundError
from commission_app.core.outbox import Job, JobState

KIND = "send_mail"
LATE_AFTER = timedelta(minutes=5)
SHOWN = 100


@dataclass(frozen=True)
class LateMail:
    """A mail that waits longer than it should, or was given up."""

    id: uuid.UUID
    state: JobState
    tries: int
    run_at: datetime
    reason: str


@dataclass(frozen=True)
class MailCounts:
    """How the outbox of mails stands."""

    sent: int
    waiting: int
    late: int
    failed: int


def late_mails() -> list[LateMail]:
    """The mails in trouble, those given up first; some at most."""
    columns = (Job.id, Job.state, Job.tries, Job.run_at, Job.last_error)
    query = select(*columns).where(Job.kind == KIND, or_(_is_failed(), _is_late()))
    rows = db.session.execute(query.order_by(Job.state.desc(), Job.run_at).limit(SHOWN))
    return [LateMail(*row) for row in rows]


def mail_counts() -> MailCounts:
    """Sent, waiting, late and given up, in one look."""

    def count(criterion: ColumnElement[bool]) -> ColumnElement[int]:
        return func.count().filter(criterion)

    waiting = Job.state.in_((JobState.DUE, JobState.TAKEN))
    figures = (Job.state == JobState.DONE, waiting, _is_late(), _is_failed())
    row = db.session.execute(select(*map(count, figures)).where(Job.kind == KIND)).one()
    return MailCounts(sent=row[0], waiting=row[1], late=row[2], failed=row[3])


def get_late_mail(job_id: uuid.UUID) -> Job:
    """A mail in trouble, to be sent again; raises NotFoundError for any other job."""
    job = db.session.scalar(
        select(Job).where(Job.id == job_id, Job.kind == KIND, or_(_is_failed(), _is_late()))
    )
    if job is None:
        raise NotFoundError()
    return job


def _is_failed() -> ColumnElement[bool]:
    return Job.state == JobState.FAILED


def _is_late() -> ColumnElement[bool]:
    overdue = Job.run_at < clock.now() - LATE_AFTER
    return and_(Job.state == JobState.DUE, or_(Job.tries > 0, overdue))
