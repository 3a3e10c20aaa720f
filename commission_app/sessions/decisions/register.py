"""The chain of hashes: each decision's digest covers all its fields and the digest before it in its
session."""

from dataclasses import dataclass

from sqlalchemy import select

from commission_app.core import chain
from commission_app.core.chain import Fault, Link
from commission_app.core.db import db
from commission_app.sessions.decisions.models import Decision

COVERED = (
    "id",
    "commission_session_id",
    "agenda_item_id",
    "dossier_id",
    "draft_id",
    "number",
    "kind",
    "text",
    "structure_id",
    "due_on",
    "teller_id",
    "tell_on",
    "decided_at",
    "decided_by_id",
    "present",
    "agreed_count",
    "reservations",
    "replaces_id",
    "previous_digest",
)


REASONS = {
    Fault.MISSING: "la décision n° {number} manque",
    Fault.LOOSE: "elle ne suit pas la décision précédente",
    Fault.CHANGED: "son contenu a changé",
}


@dataclass(frozen=True)
class Broken:
    """The first entry of the register that does not hold, and why."""

    decision: Decision
    reason: str


def first_digest(commission_session_id: object) -> str:
    """What stands before the first decision of a session."""
    return _start(commission_session_id).digest


def digest_of(decision: Decision) -> str:
    """The SHA-256 of every field of a decision in a fixed form."""
    return chain.digest_of({name: getattr(decision, name) for name in COVERED})


def verify() -> Broken | None:
    """Read the whole register again; the first broken entry, or None when all of it holds."""
    last: dict[object, Link] = {}
    query = select(Decision).order_by(Decision.commission_session_id, Decision.number)
    with db.session.scalars(query.execution_options(yield_per=500)) as decisions:
        for decision in decisions:
            session_id = decision.commission_session_id
            before = last.get(session_id) or _start(session_id)
            link = Link(decision.number, decision.digest, decision.previous_digest)
            fault = chain.fault_of(link, before, digest_of(decision))
            if fault is not None:
                return Broken(decision, REASONS[fault].format(number=before.number + 1))
            last[session_id] = link
    return None


def _start(commission_session_id: object) -> Link:
    return chain.start_of(f"commission-session:{commission_session_id}")
