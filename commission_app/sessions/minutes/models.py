"""The minutes of a day."""

import uuid
from datetime import datetime

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from commission_app.accounts.models import User
from commission_app.core.db import Dated, Identified, Model, Versioned, enum_of
from commission_app.sessions.models import CommissionSession
from commission_app.sessions.states import MinutesState


class Minutes(Identified, Dated, Versioned, Model):
    """One record a session, made when the day closes; valid once both facilitators said so."""

    __tablename__ = "minutes"

    commission_session_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("commission_session.id"), unique=True)
    state: Mapped[MinutesState] = mapped_column(enum_of(MinutesState), default=MinutesState.DRAFT)
    introduction: Mapped[str] = mapped_column(Text, default="")
    first_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("user_account.id"))
    first_at: Mapped[datetime | None]
    second_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("user_account.id"))
    second_at: Mapped[datetime | None]

    commission_session: Mapped[CommissionSession] = relationship()
    first_by: Mapped[User | None] = relationship(foreign_keys=[first_by_id])
    second_by: Mapped[User | None] = relationship(foreign_keys=[second_by_id])
