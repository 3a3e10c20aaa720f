"""What was typed into the notes of a point, as it came."""

import uuid
from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from commission_app.core import clock
from commission_app.core.db import Model
from commission_app.core.vault.columns import SealedContent, SealedRow


class NoteUpdate(SealedRow, Model):
    """One update of a shared text (Yjs, version 1), raw or several of them merged; `number` gives the order.

    The text itself stands in `AgendaItem.notes`, brought up to date in the same transaction. An update is
    sealed for its text, not for its row: twice or in another order, the updates of one text give the same.
    """

    __tablename__ = "note_update"
    __table_args__ = (Index("ix_note_update_item", "agenda_item_id", "number"),)
    sealed_like = "agenda_item_id"
    sealed_at = "agenda_item_id"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    agenda_item_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("agenda_item.id", ondelete="CASCADE"))
    dossier_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("dossier.id", ondelete="CASCADE"))
    author_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("user_account.id"))
    body = SealedContent()
    at: Mapped[datetime] = mapped_column(default=clock.now)
