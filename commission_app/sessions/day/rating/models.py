"""What a participant says of a day."""

import uuid

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from commission_app.core.db import Dated, Identified, Model, enum_of
from commission_app.sessions.states import Feeling


class DayRating(Identified, Dated, Model):
    """The two answers of one person on one day; each may be missing."""

    __tablename__ = "day_rating"
    __table_args__ = (UniqueConstraint("commission_session_id", "user_id"),)

    commission_session_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("commission_session.id", ondelete="CASCADE")
    )
    user_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("user_account.id"))
    useful: Mapped[Feeling | None] = mapped_column(enum_of(Feeling, name="useful"))
    heard: Mapped[Feeling | None] = mapped_column(enum_of(Feeling, name="heard"))
