"""The stored updates of a shared text."""

import hashlib
import uuid

from sqlalchemy import select

from commission_app.core.db import db
from commission_app.sessions.day.notes.document import merged
from commission_app.sessions.day.notes.models import NoteUpdate


def state_of(item_id: uuid.UUID) -> bytes:
    """Everything typed so far into the notes of a point, as one update; b'' before the first letter."""
    return merged(bodies_of(item_id))


def bodies_of(item_id: uuid.UUID) -> list[bytes]:
    """The updates in their order."""
    query = select(NoteUpdate.body).where(NoteUpdate.agenda_item_id == item_id)
    return list(db.session.scalars(query.order_by(NoteUpdate.number)))


def print_of(text: str) -> str:
    """A short print of a text: a form opened on another text is noticed."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]
