"""A decision in preparation, what the room says of it, and the register chained by hashes."""

import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from commission_app.accounts.models import User
from commission_app.core import clock
from commission_app.core.db import Dated, Identified, Model, Versioned, enum_of
from commission_app.core.vault.columns import Sealed, SealedRow
from commission_app.dossiers.models import Dossier
from commission_app.sessions.agenda.models import AgendaItem
from commission_app.sessions.models import CommissionSession
from commission_app.sessions.states import DecisionKind, Stance
from commission_app.territories.models import Structure


class DecisionDraft(SealedRow, Identified, Dated, Versioned, Model):
    """A decision being written on a point; `read_back_at` is set while the room reads it. One a point.

    `action_title` with `structure_id` and `due_on` makes an action once recorded; `offer_name` makes a new
    offer;
    `theme` a remontée. `teller_id` tells the person by `tell_on`. `replaces_id` is the decision that it
    corrects.
    """

    __tablename__ = "decision_draft"
    sealed_like = "agenda_item_id"

    agenda_item_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("agenda_item.id", ondelete="CASCADE"), unique=True
    )
    dossier_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("dossier.id", ondelete="CASCADE"))
    author_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("user_account.id"))
    kind: Mapped[DecisionKind] = mapped_column(enum_of(DecisionKind), default=DecisionKind.SOLUTION)
    text = Sealed()
    action_title = Sealed()
    structure_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("structure.id"))
    due_on: Mapped[date | None]
    teller_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("user_account.id"))
    tell_on: Mapped[date | None]
    offer_name = Sealed()
    theme: Mapped[str] = mapped_column(String(80), default="")
    replaces_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("decision.id"))
    read_back_at: Mapped[datetime | None]

    agenda_item: Mapped[AgendaItem] = relationship()
    author: Mapped[User] = relationship(foreign_keys=[author_id])
    structure: Mapped[Structure | None] = relationship()
    teller: Mapped[User | None] = relationship(foreign_keys=[teller_id])
    stances: Mapped[list["DraftStance"]] = relationship(cascade="all, delete-orphan")


class DraftStance(SealedRow, Identified, Model):
    """What a participant says of the decision being read back: agreed, or a reservation in words."""

    __tablename__ = "draft_stance"
    __table_args__ = (UniqueConstraint("draft_id", "user_id"),)
    sealed_like = "draft_id"

    draft_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("decision_draft.id", ondelete="CASCADE"))
    dossier_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("dossier.id", ondelete="CASCADE"))
    user_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("user_account.id"))
    stance: Mapped[Stance] = mapped_column(enum_of(Stance))
    words = Sealed()

    user: Mapped[User] = relationship()


class Decision(Identified, Model):
    """What the commission decided: append-only, numbered a session, each row's `digest` covers the one
    before.

    `present` holds the structures' identifiers there at that moment, `reservations` {"structure": name,
    "words": str}.
    A correction is a new row that names in `replaces_id` the one that it replaces. `draft_id` is the draft
    that it was made from: a draft makes one decision, however often it is sent.
    """

    __tablename__ = "decision"
    __table_args__ = (
        UniqueConstraint("commission_session_id", "number"),
        UniqueConstraint("replaces_id"),
        UniqueConstraint("draft_id"),
        Index("ix_decision_dossier", "dossier_id", "decided_at"),
    )

    commission_session_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("commission_session.id"))
    agenda_item_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("agenda_item.id"), index=True)
    dossier_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("dossier.id"))
    draft_id: Mapped[uuid.UUID | None]
    number: Mapped[int]
    kind: Mapped[DecisionKind] = mapped_column(enum_of(DecisionKind), index=True)
    text: Mapped[str] = mapped_column(Text)
    structure_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("structure.id"))
    due_on: Mapped[date | None]
    teller_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("user_account.id"))
    tell_on: Mapped[date | None]
    decided_at: Mapped[datetime] = mapped_column(default=clock.now)
    decided_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("user_account.id"))
    present: Mapped[list[str]] = mapped_column(JSON, default=list)
    agreed_count: Mapped[int] = mapped_column(default=0)
    reservations: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    replaces_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("decision.id"))
    previous_digest: Mapped[str] = mapped_column(String(64))
    digest: Mapped[str] = mapped_column(String(64))

    commission_session: Mapped[CommissionSession] = relationship()
    agenda_item: Mapped[AgendaItem] = relationship()
    dossier: Mapped[Dossier | None] = relationship()
    structure: Mapped[Structure | None] = relationship()
    teller: Mapped[User | None] = relationship(foreign_keys=[teller_id])
    decided_by: Mapped[User] = relationship(foreign_keys=[decided_by_id])


class Telling(Model):
    """That the person was told of a decision on the own dossier, by whom and when."""

    __tablename__ = "telling"

    decision_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("decision.id"), primary_key=True)
    told_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("user_account.id"))
    told_on: Mapped[date] = mapped_column(default=clock.today)

    decision: Mapped[Decision] = relationship()
    told_by: Mapped[User] = relationship()
