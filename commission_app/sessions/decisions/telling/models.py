"""What a person is told of a decision on the own situation, in plain words."""

import uuid
from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from commission_app.accounts.models import User
from commission_app.core import clock
from commission_app.core.db import Model, Versioned
from commission_app.core.vault.columns import Sealed, SealedRow
from commission_app.sessions.decisions.models import Decision


class PlainWords(SealedRow, Versioned, Model):
    """The text that somebody worded for the person; without one the text drafted from the decision stands."""

    __tablename__ = "plain_words"
    sealed_like = "decision_id"

    decision_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("decision.id"), primary_key=True)
    dossier_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("dossier.id"))
    text = Sealed()
    written_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("user_account.id"))
    written_at: Mapped[datetime] = mapped_column(default=clock.now)

    decision: Mapped[Decision] = relationship()
    written_by: Mapped[User] = relationship()
