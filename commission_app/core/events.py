"""What happened: one row an act. The same row is history, audit trail, and the trigger of mails and
broadcasts."""

import uuid
from collections import defaultdict
from collections.abc import Callable
from datetime import datetime
from typing import Any, Protocol

from sqlalchemy import JSON, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from commission_app.core import clock
from commission_app.core.db import Model, db


class Actor(Protocol):
    """Who acts: anything with an identifier (a user; a guest or a personal link acts as None)."""

    @property
    def id(self) -> uuid.UUID: ...


class Subject(Protocol):
    """What is acted on: a row with a random identifier."""

    @property
    def id(self) -> uuid.UUID: ...


class Event(Model):
    """One act, never changed afterwards. `data` holds codes, states and counts: never a name, never a free
    text."""

    __tablename__ = "event"
    __table_args__ = (
        Index("ix_event_subject", "subject_type", "subject_id", "number"),
        Index("ix_event_territory", "territory_id", "number"),
        Index("ix_event_commission_session", "commission_session_id", "number"),
    )

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    at: Mapped[datetime] = mapped_column(default=clock.now)
    name: Mapped[str] = mapped_column(String(64), index=True)
    actor_id: Mapped[uuid.UUID | None] = mapped_column(index=True)
    subject_type: Mapped[str] = mapped_column(String(48))
    subject_id: Mapped[uuid.UUID]
    territory_id: Mapped[uuid.UUID | None]
    commission_session_id: Mapped[uuid.UUID | None]
    data: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)


Subscriber = Callable[[Event, Any], None]
_subscribers: dict[str, list[Subscriber]] = defaultdict(list)


def on(name: str) -> Callable[[Subscriber], Subscriber]:
    """Register a follower of an event, called inside the same transaction with (event, subject).

    This is how a `notifications` module puts mails into the outbox.
    """

    def register(subscriber: Subscriber) -> Subscriber:
        if subscriber not in _subscribers[name]:
            _subscribers[name].append(subscriber)
        return subscriber

    return register


_followers_of_all: list[Subscriber] = []


def on_every(subscriber: Subscriber) -> Subscriber:
    """Register a follower of every event, called inside the same transaction after those of its name."""
    if subscriber not in _followers_of_all:
        _followers_of_all.append(subscriber)
    return subscriber


def record(actor: Actor | None, name: str, subject: Subject, **data: Any) -> Event:
    """Write that `actor` did something to `subject`; every service that changes something calls it once.

    The territory and the commission session are read off the subject (`territory_id`,
    `commission_session_id`, or the
    subject itself when it is one). Followers registered with `on(name)` run at once, in the same transaction.
    """
    db.session.flush()  # a new subject receives its identifier here
    event = Event(
        at=clock.now(),
        name=name,
        actor_id=actor.id if actor is not None else None,
        subject_type=type(subject).__name__,
        subject_id=subject.id,
        territory_id=_reference(subject, "territory_id", "Territory"),
        commission_session_id=_reference(subject, "commission_session_id", "CommissionSession"),
        data=data,
    )
    db.session.add(event)
    db.session.info.setdefault("events", []).append(event)
    for subscriber in (*_subscribers[name], *_followers_of_all):
        subscriber(event, subject)
    return event


def _reference(subject: Subject, attribute: str, own_type: str) -> uuid.UUID | None:
    if type(subject).__name__ == own_type:
        return subject.id
    value = getattr(subject, attribute, None)
    return value if isinstance(value, uuid.UUID) else None
