"""Attendance, speaking list, parking lot and the device link of the room screen."""

import uuid
from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from commission_app.accounts.models import User
from commission_app.core import clock
from commission_app.core.db import Dated, Identified, Model, enum_of
from commission_app.core.vault.columns import Sealed, SealedRow
from commission_app.sessions.agenda.models import AgendaItem
from commission_app.sessions.models import CommissionSession
from commission_app.sessions.states import ParkedKind
from commission_app.territories.models import Structure


class Attendance(Identified, Model):
    """One spell of presence of a person for a structure; who comes back begins a new one.

    `stands_in` names the one who came instead of the person invited ('' when the person came).
    """

    __tablename__ = "attendance"
    __table_args__ = (
        Index("ix_attendance_day", "commission_session_id", "user_id"),
        Index(
            "ix_attendance_one_open",
            "commission_session_id",
            "user_id",
            unique=True,
            sqlite_where=text("left_at IS NULL"),
            postgresql_where=text("left_at IS NULL"),
        ),
    )

    commission_session_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("commission_session.id", ondelete="CASCADE")
    )
    user_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("user_account.id"))
    structure_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("structure.id"))
    stands_in: Mapped[str] = mapped_column(String(120), default="")
    arrived_at: Mapped[datetime] = mapped_column(default=clock.now)
    left_at: Mapped[datetime | None]

    user: Mapped[User] = relationship()
    structure: Mapped[Structure] = relationship()


class SpeakRequest(Identified, Model):
    """A raised hand; `given_at` when the floor was given, `lowered_at` when it came down."""

    __tablename__ = "speak_request"
    __table_args__ = (Index("ix_speak_request_waiting", "commission_session_id", "lowered_at", "raised_at"),)

    commission_session_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("commission_session.id", ondelete="CASCADE")
    )
    user_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("user_account.id"))
    structure_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("structure.id"))
    raised_at: Mapped[datetime] = mapped_column(default=clock.now)
    given_at: Mapped[datetime | None]
    lowered_at: Mapped[datetime | None]

    user: Mapped[User] = relationship()
    structure: Mapped[Structure | None] = relationship()


class ParkedIdea(SealedRow, Identified, Dated, Model):
    """An idea kept for later, in one gesture; `handled_at` once something was made of it."""

    __tablename__ = "parked_idea"
    sealed_like = "agenda_item_id"

    commission_session_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("commission_session.id", ondelete="CASCADE"), index=True
    )
    agenda_item_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("agenda_item.id"))
    dossier_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("dossier.id"))
    kind: Mapped[ParkedKind] = mapped_column(enum_of(ParkedKind))
    text = Sealed()
    author_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("user_account.id"))
    handled_at: Mapped[datetime | None]

    commission_session: Mapped[CommissionSession] = relationship()
    agenda_item: Mapped[AgendaItem | None] = relationship()
    author: Mapped[User] = relationship()


class ScreenLink(Identified, Dated, Model):
    """The device link of a room screen: read only, one session, revocable; only its hash is kept."""

    __tablename__ = "screen_link"

    commission_session_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("commission_session.id", ondelete="CASCADE"), index=True
    )
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    made_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("user_account.id"))
    revoked_at: Mapped[datetime | None]

    commission_session: Mapped[CommissionSession] = relationship()
