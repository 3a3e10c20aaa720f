"""Who to call: each structure's cadre and technicien on a territory, their absences, and the urgent
requests."""

import uuid
from datetime import date, datetime

from sqlalchemy import JSON, CheckConstraint, ColumnElement, ForeignKey, Index, String, and_, or_
from sqlalchemy.orm import Mapped, mapped_column, relationship

from commission_app.accounts.models import User
from commission_app.binomes.states import UrgentLevel, UrgentState
from commission_app.core import clock
from commission_app.core.db import Dated, Identified, Model, Versioned, enum_of
from commission_app.core.prepared import TODAY
from commission_app.core.vault.columns import Sealed, SealedRow
from commission_app.territories.models import Structure, Territory


class Binome(Identified, Dated, Versioned, Model):
    """A structure's pair on a territory, from a day to a day. `competences` holds Competence values."""

    __tablename__ = "binome"
    __table_args__ = (
        CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name="dates"),
        Index("ix_binome_place", "territory_id", "structure_id"),
    )

    territory_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("territory.id"))
    structure_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("structure.id"), index=True)
    cadre_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("user_account.id"), index=True)
    technicien_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("user_account.id"), index=True)
    starts_on: Mapped[date] = mapped_column(default=clock.today)
    ends_on: Mapped[date | None]
    competences: Mapped[list[str]] = mapped_column(JSON, default=list)

    territory: Mapped[Territory] = relationship()
    structure: Mapped[Structure] = relationship()
    cadre: Mapped[User | None] = relationship(foreign_keys=[cadre_id])
    technicien: Mapped[User | None] = relationship(foreign_keys=[technicien_id])

    @property
    def is_complete(self) -> bool:
        """Whether both places are filled."""
        return self.cadre_id is not None and self.technicien_id is not None

    @classmethod
    def current(cls) -> ColumnElement[bool]:
        """The criterion of pairs that hold on the present day."""
        return and_(cls.starts_on <= TODAY, or_(cls.ends_on.is_(None), cls.ends_on >= TODAY))


class Absence(Identified, Dated, Model):
    """Days on which a person is away, both included, and who stands in."""

    __tablename__ = "absence"
    __table_args__ = (CheckConstraint("ends_on >= starts_on", name="dates"),)

    user_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("user_account.id"), index=True)
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    stand_in_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("user_account.id"))

    user: Mapped[User] = relationship(foreign_keys=[user_id])
    stand_in: Mapped[User | None] = relationship(foreign_keys=[stand_in_id])


class UrgentRequest(SealedRow, Identified, Versioned, Model):
    """A call for help between two sessions. `title` says in a line what is needed; `escalates_at` is when the
    next level is asked if nobody took it; `dossier_code` names the dossier as its own table does."""

    __tablename__ = "urgent_request"
    __table_args__ = (
        Index("ix_urgent_request_place", "territory_id", "state", "asked_at"),
        Index("ix_urgent_request_overdue", "state", "escalates_at"),
    )

    territory_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("territory.id"))
    binome_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("binome.id"))
    dossier_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("dossier.id"))
    dossier_code: Mapped[str] = mapped_column(String(16), default="")
    author_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("user_account.id"), index=True)
    title = Sealed()
    text = Sealed()
    state: Mapped[UrgentState] = mapped_column(enum_of(UrgentState), default=UrgentState.ASKED)
    level: Mapped[UrgentLevel] = mapped_column(enum_of(UrgentLevel), default=UrgentLevel.TECHNICIEN)
    delay_minutes: Mapped[int]
    asked_at: Mapped[datetime] = mapped_column(default=clock.now)
    escalates_at: Mapped[datetime | None]
    asked_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("user_account.id"), index=True)
    taken_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("user_account.id"))
    taken_at: Mapped[datetime | None]
    answer = Sealed()
    answered_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]

    territory: Mapped[Territory] = relationship()
    binome: Mapped[Binome] = relationship()
    author: Mapped[User] = relationship(foreign_keys=[author_id])
    asked: Mapped[User | None] = relationship(foreign_keys=[asked_id])
    taken_by: Mapped[User | None] = relationship(foreign_keys=[taken_by_id])
    relays: Mapped[list["UrgentRelay"]] = relationship(order_by="UrgentRelay.position")


class UrgentRelay(Model):
    """Who was asked, in which order and when. Nobody in particular: the coordination as a whole. `absent_id`
    is the person of the binôme whom `asked` stands in for."""

    __tablename__ = "urgent_relay"

    request_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("urgent_request.id", ondelete="CASCADE"), primary_key=True
    )
    position: Mapped[int] = mapped_column(primary_key=True)
    level: Mapped[UrgentLevel] = mapped_column(enum_of(UrgentLevel))
    asked_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("user_account.id"), index=True)
    absent_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("user_account.id"))
    asked_at: Mapped[datetime] = mapped_column(default=clock.now)
    due_at: Mapped[datetime | None]

    asked: Mapped[User | None] = relationship(foreign_keys=[asked_id])
