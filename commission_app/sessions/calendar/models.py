"""Secret addresses by which calendar programs read the sessions."""

import uuid
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from commission_app.accounts.models import User
from commission_app.core.db import Dated, Identified, Model
from commission_app.territories.models import Territory


class CalendarFeed(Identified, Dated, Model):
    """A feed of one person or of one territory; only the hash of its secret is kept, a new one replaces
    it."""

    __tablename__ = "calendar_feed"
    __table_args__ = (CheckConstraint("(user_id IS NULL) <> (territory_id IS NULL)", name="one_owner"),)

    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    user_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("user_account.id"), index=True)
    territory_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("territory.id"), index=True)
    revoked_at: Mapped[datetime | None]

    user: Mapped[User | None] = relationship()
    territory: Mapped[Territory | None] = relationship()
