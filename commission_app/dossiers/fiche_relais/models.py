"""The hand-over of a person's accompaniment from one référent d'étape to the next."""

import uuid
from datetime import date, datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from commission_app.accounts.models import User
from commission_app.core.db import Dated, Identified, Model, Versioned, enum_of
from commission_app.core.vault.columns import Sealed, SealedRow
from commission_app.dossiers.models import Dossier
from commission_app.dossiers.states import FicheState


class FicheRelais(Identified, Dated, Versioned, SealedRow, Model):
    """What one référent passes to the next; accepted, the dossier belongs to the next one."""

    __tablename__ = "fiche_relais"

    dossier_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("dossier.id", ondelete="CASCADE"), index=True)
    from_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("user_account.id"))
    to_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("user_account.id"), index=True)
    state: Mapped[FicheState] = mapped_column(enum_of(FicheState), default=FicheState.DRAFT)
    steps_analysis = Sealed()
    work_support = Sealed()
    recommendation = Sealed()
    freins_worked = Sealed()
    personal_advice = Sealed()
    project = Sealed()
    work_actions = Sealed()
    trainings = Sealed()
    work_advice = Sealed()
    goal_what = Sealed()
    goal_why = Sealed()
    goal_when = Sealed()
    next_steps = Sealed()
    agreed_on: Mapped[date | None]
    meeting_on: Mapped[date | None]
    first_appointment_on: Mapped[date | None]
    sent_at: Mapped[datetime | None]
    accepted_at: Mapped[datetime | None]

    dossier: Mapped[Dossier] = relationship()
    giver: Mapped[User] = relationship(foreign_keys=[from_id])
    taker: Mapped[User | None] = relationship(foreign_keys=[to_id])
