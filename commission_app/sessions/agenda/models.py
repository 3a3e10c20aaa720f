"""The points of a day, what participants propose, and what was published."""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from commission_app.accounts.models import User
from commission_app.core import clock
from commission_app.core.db import Dated, Identified, Model, Versioned, enum_of
from commission_app.core.vault.columns import Sealed, SealedRow
from commission_app.dossiers.models import Dossier
from commission_app.sessions.models import CommissionSession
from commission_app.sessions.states import FIXED_KINDS, ItemKind, ItemState, ProposalState
from commission_app.territories.models import Structure, Territory


class AgendaItem(SealedRow, Identified, Dated, Versioned, Model):
    """A point of a day. Its place is its `position`; its hour follows from the lengths before it.

    `fixed_at` (a moment) holds a break or lunch at its hour. `spent_seconds` adds up earlier spells; the
    running spell
    counts from `started_at`, less `paused_seconds`. `followed_item_id` links a point seen again to the
    earlier one. `action_id` is the open action that the point follows up (no foreign key: actions come from
    decisions, and decisions from points).
    """

    __tablename__ = "agenda_item"
    __table_args__ = (
        CheckConstraint("planned_minutes BETWEEN 5 AND 300", name="planned_minutes"),
        CheckConstraint("kind <> 'dossier' OR dossier_id IS NOT NULL", name="dossier_kind"),
        Index("ix_agenda_item_order", "commission_session_id", "position"),
        Index(
            "ix_agenda_item_one_live",
            "commission_session_id",
            unique=True,
            sqlite_where=text("state = 'live'"),
            postgresql_where=text("state = 'live'"),
        ),
    )

    commission_session_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("commission_session.id", ondelete="CASCADE")
    )
    position: Mapped[int]
    kind: Mapped[ItemKind] = mapped_column(enum_of(ItemKind))
    title: Mapped[str] = mapped_column(String(200), default="")
    text = Sealed()
    planned_minutes: Mapped[int] = mapped_column(default=30)
    fixed_at: Mapped[datetime | None]
    dossier_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("dossier.id"), index=True)
    presenter_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("user_account.id"), index=True)
    proposal_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("agenda_proposal.id"))
    followed_item_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("agenda_item.id"))
    action_id: Mapped[uuid.UUID | None]
    is_recurring: Mapped[bool] = mapped_column(default=False)

    state: Mapped[ItemState] = mapped_column(enum_of(ItemState), default=ItemState.WAITING)
    started_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    spent_seconds: Mapped[int] = mapped_column(default=0)
    paused_seconds: Mapped[int] = mapped_column(default=0)
    notes = Sealed()
    postponed_to_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("commission_session.id"))
    postponed_reason = Sealed()

    commission_session: Mapped[CommissionSession] = relationship(foreign_keys=[commission_session_id])
    postponed_to: Mapped[CommissionSession | None] = relationship(foreign_keys=[postponed_to_id])
    dossier: Mapped[Dossier | None] = relationship()
    presenter: Mapped[User | None] = relationship()
    proposal: Mapped["AgendaProposal | None"] = relationship()
    followed_item: Mapped["AgendaItem | None"] = relationship(remote_side="AgendaItem.id")
    opinions: Mapped[list["WrittenOpinion"]] = relationship(order_by="WrittenOpinion.created_at")

    @property
    def is_fixed(self) -> bool:
        """Whether the point keeps its hour when the day runs late."""
        return self.kind in FIXED_KINDS

    @property
    def name(self) -> str:
        """What every screen calls the point: « Dossier ARL-2026-014 », or its title."""
        if self.dossier is not None:
            return f"Dossier {self.dossier.code}"
        return self.title or self.kind.label


class AgendaProposal(Identified, Dated, Model):
    """What a participant proposes for the agenda: a model, a new action, an offer to share, news."""

    __tablename__ = "agenda_proposal"
    __table_args__ = (Index("ix_agenda_proposal_waiting", "territory_id", "state"),)

    territory_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("territory.id"))
    author_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("user_account.id"), index=True)
    kind: Mapped[ItemKind] = mapped_column(enum_of(ItemKind))
    title: Mapped[str] = mapped_column(String(200))
    text: Mapped[str] = mapped_column(Text, default="")
    minutes: Mapped[int] = mapped_column(default=20)
    state: Mapped[ProposalState] = mapped_column(enum_of(ProposalState), default=ProposalState.WAITING)

    territory: Mapped[Territory] = relationship()
    author: Mapped[User] = relationship()


class AgendaVersion(Identified, Model):
    """What participants read beforehand: frozen at publication. `content` lists the points as they then
    were."""

    __tablename__ = "agenda_version"
    __table_args__ = (UniqueConstraint("commission_session_id", "number"),)

    commission_session_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("commission_session.id", ondelete="CASCADE")
    )
    number: Mapped[int]
    published_at: Mapped[datetime] = mapped_column(default=clock.now)
    published_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("user_account.id"))
    content: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    changes: Mapped[list[str]] = mapped_column(JSON, default=list)

    commission_session: Mapped[CommissionSession] = relationship()


class WrittenOpinion(SealedRow, Identified, Dated, Model):
    """What a structure that cannot come writes on a point; it survives a postponement."""

    __tablename__ = "written_opinion"
    __table_args__ = (UniqueConstraint("agenda_item_id", "structure_id"),)
    sealed_like = "agenda_item_id"

    agenda_item_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("agenda_item.id", ondelete="CASCADE"))
    structure_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("structure.id"))
    dossier_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("dossier.id"))
    author_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("user_account.id"))
    text = Sealed()

    structure: Mapped[Structure] = relationship()
    author: Mapped[User] = relationship()
