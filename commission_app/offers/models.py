"""The territory's insertion offers, the new ones born in a commission, and their prescriptions."""

import uuid
from datetime import date

from sqlalchemy import JSON, CheckConstraint, Column, ForeignKey, Index, String, Table, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from commission_app.accounts.models import User
from commission_app.core.db import Base, Dated, Identified, Model, Versioned, enum_of
from commission_app.core.finding.keeping import Findable, keep_findable
from commission_app.dossiers.models import Dossier
from commission_app.offers.states import OfferState
from commission_app.territories.models import Structure, Territory

offer_dossier = Table(
    "offer_dossier",
    Base.metadata,
    Column("offer_id", ForeignKey("offer.id", ondelete="CASCADE"), primary_key=True),
    Column("dossier_id", ForeignKey("dossier.id", ondelete="CASCADE"), primary_key=True, index=True),
)


class Offer(Identified, Dated, Versioned, Model):
    """An offer of a territory. `freins` holds DiagnosisItem values that it answers, `thematiques`
    data·inclusion values.

    A new offer names the decision that it was born from; `dossiers` show the need, by their codes alone.
    `inclusion_id` is the identifier that an imported offer bears elsewhere.
    """

    __tablename__ = "offer"
    __table_args__ = (
        CheckConstraint("state NOT IN ('carried', 'open') OR structure_id IS NOT NULL", name="carrier"),
        Index("ix_offer_list", "territory_id", "state", "name"),
        Index("ix_offer_inclusion", "territory_id", "inclusion_id"),
    )

    territory_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("territory.id"))
    structure_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("structure.id"), index=True)
    name: Mapped[str] = mapped_column(String(150))
    description: Mapped[str] = mapped_column(Text, default="")
    access: Mapped[str] = mapped_column(Text, default="")
    state: Mapped[OfferState] = mapped_column(enum_of(OfferState), default=OfferState.IDEA)
    freins: Mapped[list[str]] = mapped_column(JSON, default=list)
    thematiques: Mapped[list[str]] = mapped_column(JSON, default=list)
    opened_on: Mapped[date | None]
    closed_on: Mapped[date | None]
    due_on: Mapped[date | None]
    decision_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("decision.id"), index=True)
    inclusion_id: Mapped[str] = mapped_column(String(200), default="")
    search: Mapped[str] = mapped_column(Text, default="")

    territory: Mapped[Territory] = relationship()
    structure: Mapped[Structure | None] = relationship()
    dossiers: Mapped[list[Dossier]] = relationship(secondary=offer_dossier, order_by=Dossier.code)


def _findable(offer: Offer) -> Findable:
    return Findable((offer.name, offer.description, offer.access), offer.freins or (), offer.territory_id)


keep_findable(Offer, "offer", _findable)


class Prescription(Identified, Dated, Model):
    """How many persons a structure sent to an offer in a month (its first day)."""

    __tablename__ = "prescription"
    __table_args__ = (
        UniqueConstraint("offer_id", "structure_id", "month"),
        CheckConstraint("count > 0", name="count"),
    )

    offer_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("offer.id", ondelete="CASCADE"))
    structure_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("structure.id"), index=True)
    month: Mapped[date]
    count: Mapped[int]
    author_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("user_account.id"))

    offer: Mapped[Offer] = relationship()
    structure: Mapped[Structure] = relationship()
    author: Mapped[User] = relationship()
