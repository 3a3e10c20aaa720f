"""The dossier: a blocked situation as presented to the commission, in the parts of the common template.

Every free text is `Sealed`: the database keeps it under the dossier's own key.
"""

import uuid
from datetime import date, datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from commission_app.accounts.models import User
from commission_app.core import clock
from commission_app.core.db import Dated, Identified, Model, Versioned, enum_of
from commission_app.core.vault.columns import Sealed, SealedRow
from commission_app.dossiers.states import (
    AgeBand,
    AttemptScope,
    Contract,
    Criterion,
    DiagnosisItem,
    DossierState,
    Household,
    Level,
    Part,
    StepOutcome,
    Urgency,
)
from commission_app.territories.models import Commune, Structure, Territory


class Dossier(Identified, Dated, Versioned, SealedRow, Model):
    """A blocked situation under a code (ARL-2026-014). Nothing in this row names the person.

    `state_since` is when the present state began; `needed` holds Competence values; lengths are in months or
    minutes as their names say. `number` counts within a territory and a year. `part_versions` counts the
    saves of each part, so that two people on two parts never disturb each other. An erased dossier keeps its
    code and what is counted: nothing that was written.
    """

    __tablename__ = "dossier"
    sealed_by = "id"
    __table_args__ = (
        CheckConstraint("minutes_needed BETWEEN 5 AND 180", name="minutes_needed"),
        Index("ix_dossier_list", "territory_id", "state", "state_since"),
        Index("ix_dossier_mine", "referent_id", "state", "state_since"),
        Index("ix_dossier_recent", "territory_id", "state_since"),
        Index("ix_dossier_mine_recent", "referent_id", "state_since"),
        Index("ix_dossier_over", "state", "erased_at", "state_since"),
        Index("ix_dossier_code_parts", "territory_id", "year", "number", unique=True),
    )

    code: Mapped[str] = mapped_column(String(16), unique=True)
    year: Mapped[int]
    number: Mapped[int]
    territory_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("territory.id"))
    state: Mapped[DossierState] = mapped_column(enum_of(DossierState), default=DossierState.DRAFT)
    state_since: Mapped[datetime] = mapped_column(default=clock.now)
    submitted_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    erasure_told_at: Mapped[datetime | None]
    erased_at: Mapped[datetime | None]
    saved_at: Mapped[datetime] = mapped_column(default=clock.now)
    part_versions: Mapped[dict[str, int]] = mapped_column(JSON, default=dict)

    # 1. Cadre
    referent_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("user_account.id"))
    structure_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("structure.id"), index=True)
    previous_referent = Sealed()
    contract: Mapped[Contract | None] = mapped_column(enum_of(Contract))
    entered_on: Mapped[date | None]
    step = Sealed()
    step_started_on: Mapped[date | None]
    step_expected_months: Mapped[int | None]

    # 2. What others see of the person
    age_band: Mapped[AgeBand | None] = mapped_column(enum_of(AgeBand))
    insee: Mapped[str | None] = mapped_column(ForeignKey("commune.insee"))
    household: Mapped[Household | None] = mapped_column(enum_of(Household))
    children_count: Mapped[int] = mapped_column(default=0)
    wishes_presence: Mapped[bool] = mapped_column(default=False)

    # 4. When the diagnosis was made with the person
    diagnosed_on: Mapped[date | None]

    # 5. Origin of the orientation
    origin_who = Sealed()
    origin_how = Sealed()
    origin_why = Sealed()

    # 6. A written reason where nothing was tried
    no_inside_reason = Sealed()
    no_outside_reason = Sealed()

    # 7. The question
    question = Sealed()
    needed: Mapped[list[str]] = mapped_column(JSON, default=list)
    urgency: Mapped[Urgency] = mapped_column(enum_of(Urgency), default=Urgency.NORMAL)
    urgency_reason = Sealed()
    minutes_needed: Mapped[int] = mapped_column(default=30)

    territory: Mapped[Territory] = relationship()
    referent: Mapped[User] = relationship(foreign_keys=[referent_id])
    structure: Mapped[Structure | None] = relationship()
    commune: Mapped[Commune | None] = relationship()
    criteria: Mapped[list["BlockCriterion"]] = relationship(cascade="all, delete-orphan")
    diagnosis: Mapped[list["DiagnosisLine"]] = relationship(cascade="all, delete-orphan")
    parcours: Mapped[list["ParcoursStep"]] = relationship(
        cascade="all, delete-orphan", order_by="ParcoursStep.starts_on"
    )
    attempts: Mapped[list["Attempt"]] = relationship(
        cascade="all, delete-orphan", order_by="Attempt.tried_on"
    )
    remarks: Mapped[list["Remark"]] = relationship(order_by="Remark.created_at")
    exchanges: Mapped[list["Exchange"]] = relationship(order_by="Exchange.held_on")

    def part_version(self, part: Part) -> int:
        """How often a part was saved; a form carries it and a stale one is noticed."""
        return self.part_versions.get(part.value, 0)

    @property
    def step_months(self) -> int | None:
        """How many whole months the present step has lasted."""
        return None if self.step_started_on is None else months_between(self.step_started_on, clock.today())

    @property
    def step_is_too_long(self) -> bool:
        """Whether the step has lasted longer than expected."""
        months, expected = self.step_months, self.step_expected_months
        return months is not None and expected is not None and months > expected


def months_between(start: date, end: date) -> int:
    """Whole months from a day to another; never less than none."""
    months = (end.year - start.year) * 12 + end.month - start.month - (end.day < start.day)
    return max(0, months)


class Person(SealedRow, Model):
    """The identity behind a dossier: a table of its own, read by the référent and the coordination alone.

    The marks are blind: equal for equal names or telephones of one territory, and telling nothing else.
    """

    __tablename__ = "person"
    __table_args__ = (
        Index("ix_person_name_mark", "name_mark"),
        Index("ix_person_phone_mark", "phone_mark"),
    )

    dossier_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("dossier.id", ondelete="CASCADE"), primary_key=True
    )
    first_name = Sealed()
    last_name = Sealed()
    phone = Sealed()
    email = Sealed()
    name_mark: Mapped[str] = mapped_column(String(64), default="")
    phone_mark: Mapped[str] = mapped_column(String(64), default="")


class BlockCriterion(Identified, SealedRow, Model):
    """One reason why the situation is blocked, with a line of fact."""

    __tablename__ = "block_criterion"
    __table_args__ = (Index("ix_block_criterion_once", "dossier_id", "criterion", unique=True),)

    dossier_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("dossier.id", ondelete="CASCADE"))
    criterion: Mapped[Criterion] = mapped_column(enum_of(Criterion))
    fact = Sealed()


class DiagnosisLine(Identified, SealedRow, Model):
    """The level of one item of the socle commun, with a note where there is a fact."""

    __tablename__ = "diagnosis_line"
    __table_args__ = (Index("ix_diagnosis_line_once", "dossier_id", "item", unique=True),)

    dossier_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("dossier.id", ondelete="CASCADE"))
    item: Mapped[DiagnosisItem] = mapped_column(enum_of(DiagnosisItem), index=True)
    level: Mapped[Level] = mapped_column(enum_of(Level), default=Level.NOT_DISCUSSED)
    note = Sealed()


class ParcoursStep(Identified, SealedRow, Model):
    """One step of the parcours."""

    __tablename__ = "parcours_step"

    dossier_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("dossier.id", ondelete="CASCADE"), index=True)
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    structure_name = Sealed()
    action = Sealed()
    outcome: Mapped[StepOutcome] = mapped_column(enum_of(StepOutcome), default=StepOutcome.DONE)
    result = Sealed()


class Attempt(Identified, SealedRow, Model):
    """Something that was tried, inside the structure or outside; `helped` when it brought something."""

    __tablename__ = "attempt"

    dossier_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("dossier.id", ondelete="CASCADE"), index=True)
    scope: Mapped[AttemptScope] = mapped_column(enum_of(AttemptScope))
    tried_on: Mapped[date]
    what = Sealed()
    with_whom = Sealed()
    result = Sealed()
    helped: Mapped[bool] = mapped_column(default=False)


class Remark(Identified, Dated, SealedRow, Model):
    """A precision that the coordination asks for, anchored to a part; `answer` is the référent's."""

    __tablename__ = "remark"

    dossier_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("dossier.id", ondelete="CASCADE"), index=True)
    part: Mapped[Part] = mapped_column(enum_of(Part))
    text = Sealed()
    author_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("user_account.id"))
    answer = Sealed()
    answered_at: Mapped[datetime | None]

    author: Mapped[User] = relationship()


class Exchange(Identified, Dated, SealedRow, Model):
    """A talk between the coordination and the référent before a commission: who, what was tried, what came
    out."""

    __tablename__ = "exchange"

    dossier_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("dossier.id", ondelete="CASCADE"), index=True)
    held_on: Mapped[date]
    participants = Sealed()
    tried = Sealed()
    outcome = Sealed()
    author_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("user_account.id"))

    author: Mapped[User] = relationship()
