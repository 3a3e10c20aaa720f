"""The chain of hashes: each decision's digest covers all its fields and the digest before it in its
session."""

import hashlib
import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

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


@dataclass(frozen=True)
class Broken:
    """The first entry of the register that does not hold, and why."""

    decision: Decision
    reason: str


def first_digest(commission_session_id: object) -> str:
    """What stands before the first decision of a session."""
    return hashlib.sha256(f"commission-session:{commission_session_id}".encode()).hexdigest()


def digest_of(decision: Decision) -> str:
    """The SHA-256 of every field of a decision in a fixed form."""
    fields = {name: _plain(getattr(decision, name)) for name in COVERED}
    canonical = json.dumps(fields, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def verify() -> Broken | None:
    """Read the whole register again; the first broken entry, or None when all of it holds."""
    previous: dict[object, tuple[int, str]] = {}
    query = select(Decision).order_by(Decision.commission_session_id, Decision.number)
    for decision in db.session.scalars(query.execution_options(yield_per=500)):
        session_id = decision.commission_session_id
        number, digest = previous.get(session_id, (0, first_digest(session_id)))
        if reason := _fault(decision, number, digest):
            return Broken(decision, reason)
        previous[session_id] = (decision.number, decision.digest)
    return None


def _fault(decision: Decision, number: int, digest: str) -> str:
    if decision.number != number + 1:
        return f"la décision n° {number + 1} manque"
    if decision.previous_digest != digest:
        return "elle ne suit pas la décision précédente"
    if decision.digest != digest_of(decision):
        return "son contenu a changé"
    return ""


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, (bool, int, list)):
        return value
    if isinstance(value, datetime):
        return value.isoformat(timespec="microseconds")
    if isinstance(value, date):
        return value.isoformat()
    return str(value.value) if hasattr(value, "value") else str(value)
