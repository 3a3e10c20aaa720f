"""What the present transaction adds to shared texts, for those who have them open."""

import uuid
from typing import Any

from sqlalchemy.orm import Session

from commission_app.core.db import db

_KEY = "written_notes"


def note_written(item_id: uuid.UUID, body: bytes) -> None:
    """Remember an update until the transaction is committed."""
    _info().setdefault(_KEY, []).append((item_id, body))


def take_written() -> list[tuple[uuid.UUID, bytes]]:
    """The updates of the transaction just committed, as (point, update); asked once."""
    written: list[tuple[uuid.UUID, bytes]] = _info().pop(_KEY, [])
    return written


def _info() -> dict[Any, Any]:
    session: Session = db.session()
    return session.info
