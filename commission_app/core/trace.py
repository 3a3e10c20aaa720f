"""The trace cannot be rewritten in silence: a commit seals its events into a chain of hashes."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

import structlog
from sqlalchemy import ForeignKey, String, event, insert, inspect, select, text
from sqlalchemy.orm import Mapped, Session, mapped_column
from sqlalchemy.orm.session import SessionTransaction

from commission_app.core.chain import Fault, Link, digest_of, fault_of, start_of
from commission_app.core.db import Model, db
from commission_app.core.events import Event

log = structlog.get_logger()

START = start_of("commission-spie:trace")
LOCK = 0x53504945  # any number, the same in every process
COVERED = (
    "number", "at", "name", "actor_id", "subject_type", "subject_id", "territory_id", "commission_session_id",
    "data",
)  # fmt: skip
WORDS = {
    Fault.MISSING: "une entrée manque avant elle",
    Fault.LOOSE: "elle ne suit pas l’entrée précédente",
    Fault.CHANGED: "son contenu a changé",
}
_UNSEALED = "unsealed_events"  # in Session.info


class EventSeal(Model):
    """The place of one event in the chain, in the order of the commits."""

    __tablename__ = "event_seal"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    event_number: Mapped[int] = mapped_column(ForeignKey("event.number"), unique=True)
    previous_digest: Mapped[str] = mapped_column(String(64))
    digest: Mapped[str] = mapped_column(String(64))


@dataclass(frozen=True)
class Broken:
    """The first entry of the trace that does not hold, and why."""

    number: int
    reason: str


def link_after(before: Link, fields: Mapping[str, Any]) -> Link:
    """The link of an event with these fields, after another."""
    number = before.number + 1
    digest = digest_of({**fields, "seal": number, "previous_digest": before.digest})
    return Link(number, digest, before.digest)


def link_of(seal: EventSeal) -> Link:
    """A seal as a link of the chain."""
    return Link(seal.number, seal.digest, seal.previous_digest)


_LINK = (EventSeal.number, EventSeal.digest, EventSeal.previous_digest)
_LAST = select(*_LINK).order_by(EventSeal.number.desc()).limit(1)


def head(session: Session | None = None) -> Link:
    """The last link of the chain."""
    last = (session or db.session()).connection().execute(_LAST).one_or_none()
    return Link(*last) if last else START


def link_at(number: int) -> Link | None:
    """The link with this number, if the chain goes so far."""
    found = db.session.get(EventSeal, number)
    return link_of(found) if found else None


def verify_trace() -> Broken | None:
    """Read the whole trace again; the first broken entry, or None when all of it holds.

    An event outside of the chain is as broken as a changed one: it came in behind the application.
    """
    before = START
    columns = [getattr(Event, name) for name in COVERED]
    query = select(EventSeal, *columns).outerjoin(Event).order_by(EventSeal.number)
    with db.session.execute(query.execution_options(yield_per=500)) as rows:
        for seal, *values in rows:
            fields = dict(zip(COVERED, values, strict=True))
            fault = fault_of(link_of(seal), before, link_after(before, fields).digest)
            if fault is not None:
                return Broken(seal.number, WORDS[fault])
            before = link_of(seal)
    loose = select(Event.number).where(Event.number.not_in(select(EventSeal.event_number)))
    found = db.session.scalar(loose.order_by(Event.number).limit(1))
    return None if found is None else Broken(before.number + 1, f"l’événement {found} n’est pas scellé")


def log_head() -> None:
    """Write the last link into the log: kept elsewhere, it shows whether the end of the trace was cut off."""
    last = head()
    log.info("trace_head", number=last.number, digest=last.digest)


# ---- sealing: the last thing that a transaction does

_SEAL = insert(EventSeal)


@event.listens_for(Event, "after_insert")
def _note(_mapper: Any, _connection: Any, row: Event) -> None:
    session = inspect(row).session
    if session is not None:
        session.info.setdefault(_UNSEALED, []).append(row)


@event.listens_for(Session, "before_commit")
def _seal(session: Session) -> None:
    """Under one lock for all writers, taken when nothing else is left to be locked: no two transactions wait
    for each other, and the lock lasts as long as the commit itself."""
    if session.in_nested_transaction():
        return
    session.flush()
    rows = [row for row in session.info.pop(_UNSEALED, []) if inspect(row).persistent]
    if rows:  # as plain rows: nobody asks the session for them, and each act of the house waits for this
        session.connection().execute(_SEAL, _seals(session, rows))


def _seals(session: Session, rows: Iterable[Event]) -> list[dict[str, Any]]:
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": LOCK})
    before, seals = head(session), []
    for row in sorted(rows, key=lambda one: one.number):
        before = link_after(before, {name: getattr(row, name) for name in COVERED})
        seals.append({"event_number": row.number, **asdict(before)})
    return seals


@event.listens_for(Session, "after_transaction_end")
def _forget(session: Session, transaction: SessionTransaction) -> None:
    if transaction.parent is None:
        session.info.pop(_UNSEALED, None)
