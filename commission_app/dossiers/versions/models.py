"""A dossier as it stood on a day."""

import uuid
from datetime import date

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from commission_app.accounts.models import User
from commission_app.core.db import Dated, Identified, Model, enum_of
from commission_app.core.vault.columns import Sealed, SealedRow
from commission_app.dossiers.models import Dossier
from commission_app.dossiers.states import VersionKind


class DossierVersion(Identified, Dated, SealedRow, Model):
    """What stood in the parts of a dossier, as JSON: `parts` (label, text) pairs by part, `levels` (level,
    note) by item of the diagnosis. `made_on` is the day it speaks of, `number` counts within a dossier."""

    __tablename__ = "dossier_version"
    __table_args__ = (Index("ix_dossier_version_number", "dossier_id", "number", unique=True),)

    dossier_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("dossier.id", ondelete="CASCADE"))
    number: Mapped[int]
    kind: Mapped[VersionKind] = mapped_column(enum_of(VersionKind))
    made_on: Mapped[date]
    author_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("user_account.id"))
    content = Sealed()

    dossier: Mapped[Dossier] = relationship()
    author: Mapped[User] = relationship()
