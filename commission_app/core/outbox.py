"""Later jobs: written in the transaction that wants them, done once by a worker that may die at any
moment."""

import logging
import threading
import uuid
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import structlog
from flask import Flask
from sqlalchemy import JSON, String, Text, and_, or_, select, update
from sqlalchemy.orm import Mapped, mapped_column

from commission_app.core import clock
from commission_app.core.db import Model, commit, db, enum_of, rollback
from commission_app.core.states import Labelled

log = structlog.get_logger()

LEASE = timedelta(minutes=5)
RETRY_SECONDS = (30, 120, 600, 1800, 3600, 3 * 3600)
MAX_TRIES = 48


class JobState(Labelled):
    """Where a job stands."""

    DUE = "due", "À faire", "neutral", "hourglass-split"
    TAKEN = "taken", "En cours", "go", "arrow-repeat"
    DONE = "done", "Fait", "ok", "check2"
    FAILED = "failed", "Abandonné", "stop", "exclamation-triangle"


class Job(Model):
    """A job to do at or after `run_at`. `key` makes it unique: the same key twice is one job."""

    __tablename__ = "job"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    key: Mapped[str] = mapped_column(String(160), unique=True)
    kind: Mapped[str] = mapped_column(String(48))
    payload: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    run_at: Mapped[datetime] = mapped_column(index=True)
    state: Mapped[JobState] = mapped_column(enum_of(JobState), default=JobState.DUE, index=True)
    tries: Mapped[int] = mapped_column(default=0)
    lease: Mapped[datetime | None]
    done_at: Mapped[datetime | None]
    last_error: Mapped[str] = mapped_column(Text, default="")


class LaterError(Exception):
    """The job cannot be done now (server down, refused for the moment): it is tried again later."""


Handler = Callable[[dict[str, Any]], None]
_handlers: dict[str, Handler] = {}


def job(kind: str) -> Callable[[Handler], Handler]:
    """Register what does the jobs of a kind. The handler runs in a transaction that the worker commits."""

    def register(handler: Handler) -> Handler:
        _handlers[kind] = handler
        return handler

    return register


def enqueue(kind: str, payload: dict[str, Any], *, key: str = "", run_at: datetime | None = None) -> None:
    """Ask for a job in the present transaction; with a `key` that exists already, nothing is added."""
    key = key or f"{kind}:{uuid.uuid4()}"
    if db.session.scalar(select(Job.id).where(Job.key == key)) is None:
        db.session.add(Job(key=key, kind=kind, payload=payload, run_at=run_at or clock.now()))
        db.session.flush()


def cancel(key: str) -> None:
    """Drop a job that has not been done; a job already done stays."""
    db.session.execute(
        update(Job).where(Job.key == key, Job.state == JobState.DUE).values(state=JobState.DONE, payload={})
    )


def claim() -> Job | None:
    """Take the next due job for this worker: one statement, so two workers never hold the same one."""
    moment = clock.now()
    free = or_(Job.state == JobState.DUE, and_(Job.state == JobState.TAKEN, Job.lease < moment))
    due = (
        select(Job.id)
        .where(Job.run_at <= moment, free)
        .order_by(Job.run_at)
        .limit(1)
        .with_for_update(skip_locked=True)
    ).scalar_subquery()
    taken = db.session.execute(
        update(Job)
        .where(Job.id == due)
        .values(state=JobState.TAKEN, tries=Job.tries + 1, lease=moment + LEASE)
        .returning(Job)
        .execution_options(synchronize_session=False)
    ).scalar_one_or_none()
    commit()
    return taken


def run_due(limit: int = 1000) -> int:
    """Do what is due, one transaction a job; returns how many were attempted. Also used by tests and
    commands."""
    count = 0
    while count < limit and (taken := claim()) is not None:
        count += 1
        _do(taken.id)
    return count


def _do(job_id: uuid.UUID) -> None:
    taken = db.session.get_one(Job, job_id)
    kind, tries = taken.kind, taken.tries
    try:
        _handlers[kind](taken.payload)
        taken.state, taken.done_at, taken.payload, taken.last_error = JobState.DONE, clock.now(), {}, ""
        commit()
    except LaterError as error:
        _put_back(job_id, tries, str(error))
    except Exception as error:
        log.exception("job_failed", kind=kind, job=str(job_id))
        _put_back(job_id, tries, type(error).__name__)


def _put_back(job_id: uuid.UUID, tries: int, reason: str) -> None:
    rollback()
    taken = db.session.get_one(Job, job_id)
    taken.last_error = reason[:500]
    taken.state = JobState.FAILED if tries >= MAX_TRIES else JobState.DUE
    wait = RETRY_SECONDS[min(tries, len(RETRY_SECONDS)) - 1]
    taken.run_at = clock.now() + timedelta(seconds=wait)
    commit()


_wake = threading.Event()
_ticks: list[Callable[[], None]] = []


def every_tick(function: Callable[[], None]) -> Callable[[], None]:
    """Register a small look-up made at each turn of the worker (what became due by the clock). It commits
    itself."""
    if function not in _ticks:
        _ticks.append(function)
    return function


def wake() -> None:
    """Tell this process's worker that there is something to do now."""
    _wake.set()


def start_worker(app: Flask, poll_seconds: float | None = None) -> Callable[[], None]:
    """Run the worker in a thread of this process; returns what stops it and waits for it."""
    stopped = threading.Event()
    poll = (
        poll_seconds if poll_seconds is not None else app.extensions["commission_config"].worker_poll_seconds
    )
    thread = threading.Thread(target=_loop, args=(app, stopped, poll), name="worker", daemon=True)
    thread.start()

    def stop() -> None:
        stopped.set()
        _wake.set()
        thread.join(10)

    return stop


def _loop(app: Flask, stopped: threading.Event, poll: float) -> None:
    while not stopped.is_set():
        with app.app_context():
            turn()
        _wake.wait(poll)
        _wake.clear()


def turn() -> None:
    """One turn of the worker: what the clock made due, then the jobs. A failing look-up never stops the
    others."""
    for function in list(_ticks):
        try:
            function()
        except Exception:
            rollback()
            logging.getLogger(__name__).exception("tick failed")
    run_due()
