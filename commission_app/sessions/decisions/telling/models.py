"""What a person is told of a decision on the own situation, in plain words."""

import uuid
from datetime import datetime

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from commission_app.accounts.models import User
from commission_app.core import clock
from commission_app.core.db import Model, Versioned
from commission_app.sessions.decisions.models import Decision


class PlainWords(Versioned, Model):
    """The text that somebody worded for the person; without one the text drafted from the decision stands."""

    __tablename__ = "plain_words"

    decision_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("decision.id"), primary_key=True)
    text: Mapped[str] = mapped_column(Text)
    written_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("user_account.id"))
    written_at: Mapped[datetime] = mapped_column(default=clock.now)

    decision: Mapped[Decision] = relationship()
    written_by: Mapped[User] = relationship()
