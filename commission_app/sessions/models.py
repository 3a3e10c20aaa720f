"""A day of commission: when and where, of which territories, run by whom, and the version that live pages
follow."""

import uuid
from datetime import date, datetime, time

from sqlalchemy import JSON, CheckConstraint, Column, ForeignKey, Index, String, Table, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from commission_app.accounts.models import User
from commission_app.core.db import Base, Dated, Identified, Model, Versioned, enum_of
from commission_app.sessions.states import SessionState
from commission_app.territories.models import Territory

session_territory = Table(
    "session_territory",
    Base.metadata,
    Column(
        "commission_session_id", ForeignKey("commission_session.id", ondelete="CASCADE"), primary_key=True
    ),
    Column("territory_id", ForeignKey("territory.id"), primary_key=True, index=True),
)


class CommissionSession(Identified, Dated, Versioned, Model):
    """A meeting day. `territory_id` is the one that convenes; `territories` are all that share it, that one
    included.

    `starts_at` and `ends_at` bound the day. `live_version` grows by one with each change that live pages
    show.
    `floor_id` is the facilitator who holds the floor. `paused_at` is set while the day is paused.
    `ics_uid` never changes; `ics_sequence` grows with each change that calendars must learn of, and with a
    cancellation.
    `programme` is a list of {"kind": ItemKind, "title": str, "starts": "HH:MM", "minutes": int}: the fixed
    frame of the day.
    """

    __tablename__ = "commission_session"
    __table_args__ = (
        CheckConstraint("ends_at > starts_at", name="hours"),
        Index("ix_commission_session_list", "territory_id", "starts_at"),
    )

    territory_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("territory.id"))
    state: Mapped[SessionState] = mapped_column(enum_of(SessionState), default=SessionState.PROPOSED)
    title: Mapped[str] = mapped_column(String(120), default="")
    starts_at: Mapped[datetime] = mapped_column(index=True)
    ends_at: Mapped[datetime]
    place: Mapped[str] = mapped_column(String(200), default="")
    access: Mapped[str] = mapped_column(Text, default="")
    remote_link: Mapped[str] = mapped_column(String(300), default="")
    has_lunch: Mapped[bool] = mapped_column(default=True)
    programme: Mapped[list[dict[str, object]]] = mapped_column(JSON, default=list)
    agenda_due_on: Mapped[date | None]
    convened_at: Mapped[datetime | None]
    cancelled_reason: Mapped[str] = mapped_column(Text, default="")
    ics_uid: Mapped[str] = mapped_column(String(120), unique=True)
    ics_sequence: Mapped[int] = mapped_column(default=0)

    live_version: Mapped[int] = mapped_column(default=0)
    started_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    paused_at: Mapped[datetime | None]
    floor_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("user_account.id"))

    territory: Mapped[Territory] = relationship(foreign_keys=[territory_id])
    territories: Mapped[list[Territory]] = relationship(secondary=session_territory, order_by=Territory.name)
    floor: Mapped[User | None] = relationship(foreign_keys=[floor_id])
    facilitators: Mapped[list["Facilitator"]] = relationship(
        cascade="all, delete-orphan", order_by="Facilitator.position"
    )


class Facilitator(Model):
    """One of the two people, of two different structures, who run the day."""

    __tablename__ = "facilitator"
    __table_args__ = (
        CheckConstraint("position IN (1, 2)", name="two"),
        UniqueConstraint("commission_session_id", "position"),
    )

    commission_session_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("commission_session.id", ondelete="CASCADE"), primary_key=True
    )
    user_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("user_account.id"), primary_key=True, index=True)
    position: Mapped[int]

    user: Mapped[User] = relationship()


class DayTemplate(Identified, Dated, Versioned, Model):
    """The editable programme that a territory's new sessions begin with; hours are local."""

    __tablename__ = "day_template"

    territory_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("territory.id"), unique=True)
    starts: Mapped[time]
    ends: Mapped[time]
    programme: Mapped[list[dict[str, object]]] = mapped_column(JSON, default=list)

    territory: Mapped[Territory] = relationship()
