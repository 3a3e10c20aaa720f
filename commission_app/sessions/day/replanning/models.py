"""Changes to what is left of a day, with what it takes to undo them."""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from commission_app.accounts.models import User
from commission_app.core.db import Dated, Identified, Model
from commission_app.sessions.models import CommissionSession


class CourseChange(Identified, Dated, Model):
    """One change to the points still to come. `words` says it to a person; `before` keeps the points that it
    touched as they were, `made` names those that it added."""

    __tablename__ = "course_change"
    __table_args__ = (Index("ix_course_change_last", "commission_session_id", "created_at"),)

    commission_session_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("commission_session.id", ondelete="CASCADE")
    )
    actor_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("user_account.id"))
    words: Mapped[str] = mapped_column(String(200))
    before: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    made: Mapped[list[str]] = mapped_column(JSON, default=list)
    undone_at: Mapped[datetime | None]

    commission_session: Mapped[CommissionSession] = relationship()
    actor: Mapped[User] = relationship()
