"""Territories are what the partners say they are: lists of communes, with the structures that act there."""

from datetime import date

from sqlalchemy import Column, ForeignKey, Index, String, Table
from sqlalchemy.orm import Mapped, mapped_column, relationship

from commission_app.core.db import Base, Dated, Identified, Model, Versioned, enum_of
from commission_app.territories.states import SchoolZone, StructureKind

territory_commune = Table(
    "territory_commune",
    Base.metadata,
    Column("territory_id", ForeignKey("territory.id", ondelete="CASCADE"), primary_key=True),
    Column("insee", ForeignKey("commune.insee"), primary_key=True, index=True),
)

territory_structure = Table(
    "territory_structure",
    Base.metadata,
    Column("territory_id", ForeignKey("territory.id", ondelete="CASCADE"), primary_key=True),
    Column("structure_id", ForeignKey("structure.id", ondelete="CASCADE"), primary_key=True, index=True),
)


class Commune(Model):
    """A commune by its INSEE code. `search` is the name without accents in lower case, then the postal
    codes."""

    __tablename__ = "commune"

    insee: Mapped[str] = mapped_column(String(5), primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    search: Mapped[str] = mapped_column(String(300), index=True)
    postal_code: Mapped[str] = mapped_column(String(5), default="")
    departement: Mapped[str] = mapped_column(String(3), index=True)


class Territory(Identified, Dated, Versioned, Model):
    """A territory of commission. `code` (three letters) begins the codes of its dossiers."""

    __tablename__ = "territory"

    name: Mapped[str] = mapped_column(String(120), unique=True)
    code: Mapped[str] = mapped_column(String(3), unique=True)
    school_zone: Mapped[SchoolZone] = mapped_column(enum_of(SchoolZone), default=SchoolZone.B)
    archived_on: Mapped[date | None]

    communes: Mapped[list[Commune]] = relationship(secondary=territory_commune, order_by=Commune.name)
    structures: Mapped[list["Structure"]] = relationship(
        secondary=territory_structure, back_populates="territories", order_by="Structure.name"
    )

    @property
    def is_archived(self) -> bool:
        """Whether it is kept for the record alone: nothing new begins there."""
        return self.archived_on is not None


class Structure(Identified, Dated, Versioned, Model):
    """An agency or association. `label_on` is the day of its engagement of presence (Label SPIE)."""

    __tablename__ = "structure"
    __table_args__ = (Index("ix_structure_search", "search"),)

    name: Mapped[str] = mapped_column(String(150), unique=True)
    search: Mapped[str] = mapped_column(String(150), default="")
    kind: Mapped[StructureKind] = mapped_column(enum_of(StructureKind), default=StructureKind.OTHER)
    siret: Mapped[str | None] = mapped_column(String(14), unique=True)
    insee: Mapped[str | None] = mapped_column(ForeignKey("commune.insee"), index=True)
    address: Mapped[str] = mapped_column(String(200), default="")
    phone: Mapped[str] = mapped_column(String(20), default="")
    email: Mapped[str] = mapped_column(String(200), default="")
    label_on: Mapped[date | None]
    archived_on: Mapped[date | None]

    commune: Mapped[Commune | None] = relationship()
    territories: Mapped[list[Territory]] = relationship(
        secondary=territory_structure, back_populates="structures", order_by=Territory.name
    )
