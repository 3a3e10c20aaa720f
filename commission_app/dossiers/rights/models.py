"""What a person asks to have corrected."""

import uuid
from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from commission_app.accounts.models import User
from commission_app.core.db import Dated, Identified, Model, enum_of
from commission_app.core.vault.columns import Sealed, SealedRow
from commission_app.dossiers.models import Dossier
from commission_app.dossiers.states import CorrectionState, Part


class Correction(Identified, Dated, SealedRow, Model):
    """A correction that the person asks for, by the personal page (no `author`) or by word of mouth, written
    down by the référent."""

    __tablename__ = "correction"
    __table_args__ = (Index("ix_correction_open", "dossier_id", "state"),)

    dossier_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("dossier.id", ondelete="CASCADE"))
    part: Mapped[Part | None] = mapped_column(enum_of(Part))
    text = Sealed()
    author_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("user_account.id"))
    state: Mapped[CorrectionState] = mapped_column(enum_of(CorrectionState), default=CorrectionState.ASKED)
    answer = Sealed()
    answered_at: Mapped[datetime | None]

    dossier: Mapped[Dossier] = relationship()
    author: Mapped[User | None] = relationship()
