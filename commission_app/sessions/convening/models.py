"""Who is invited to a session, and what each answered."""

import uuid
from datetime import datetime, time

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from commission_app.accounts.models import User
from commission_app.core.db import Dated, Identified, Model, Versioned, enum_of
from commission_app.sessions.models import CommissionSession
from commission_app.sessions.states import Answer
from commission_app.territories.models import Structure


class Invitation(Identified, Dated, Versioned, Model):
    """One person's invitation for a structure. `from_time` and `until_time` (local) bound a partial presence.

    `token_hash` opens the answer page from the mail; `sent_sequence` is the calendar number last sent (-1:
    never).
    `removed_at` is set when the person is no longer invited.
    """

    __tablename__ = "invitation"
    __table_args__ = (
        UniqueConstraint("commission_session_id", "user_id"),
        Index("ix_invitation_answers", "commission_session_id", "structure_id", "answer"),
    )

    commission_session_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("commission_session.id", ondelete="CASCADE")
    )
    user_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("user_account.id"), index=True)
    structure_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("structure.id"))
    answer: Mapped[Answer] = mapped_column(enum_of(Answer), default=Answer.NONE)
    replaced_by: Mapped[str] = mapped_column(String(120), default="")
    from_time: Mapped[time | None]
    until_time: Mapped[time | None]
    takes_lunch: Mapped[bool] = mapped_column(default=False)
    diet: Mapped[str] = mapped_column(String(120), default="")
    answered_at: Mapped[datetime | None]
    token_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    sent_sequence: Mapped[int] = mapped_column(default=-1)
    removed_at: Mapped[datetime | None]

    commission_session: Mapped[CommissionSession] = relationship()
    user: Mapped[User] = relationship()
    structure: Mapped[Structure] = relationship()


class Guest(Identified, Dated, Model):
    """An expert invited for listed points, by a personal link from the day before to the evening.

    `token_hash` opens the page; `read_at` is when the guest last opened the presentations, `revoked_at` when
    the invitation was taken back.
    """

    __tablename__ = "guest"

    commission_session_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("commission_session.id", ondelete="CASCADE"), index=True
    )
    invited_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("user_account.id"))
    name: Mapped[str] = mapped_column(String(120))
    email: Mapped[str] = mapped_column(String(200))
    organisation: Mapped[str] = mapped_column(String(120), default="")
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    read_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]

    commission_session: Mapped[CommissionSession] = relationship()
    points: Mapped[list["GuestPoint"]] = relationship(cascade="all, delete-orphan", passive_deletes=True)


class GuestPoint(Model):
    """A point for which a guest is invited; it goes with the point."""

    __tablename__ = "guest_point"

    guest_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("guest.id", ondelete="CASCADE"), primary_key=True)
    agenda_item_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("agenda_item.id", ondelete="CASCADE"), primary_key=True, index=True
    )
