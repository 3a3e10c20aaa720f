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
    """The updates in their order; none of a dossier whose key is destroyed."""
    query = select(NoteUpdate.body.column, NoteUpdate.dossier_id).where(NoteUpdate.agenda_item_id == item_id)
    found = db.session.execute(query.order_by(NoteUpdate.number)).all()
    opened = (
        NoteUpdate.body.open(db.session(), kept, row_id=item_id, dossier_id=dossier_id)
        for kept, dossier_id in found
    )
    return [body for body in opened if body]


def print_of(text: str) -> str:
    """A short print of a text: a form opened on another text is noticed."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]
