"""Who wrote what last, who is at it now, and the texts that met."""

import uuid
from datetime import datetime

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from commission_app.accounts.models import User
from commission_app.core import clock
from commission_app.core.db import Dated, Identified, Model, enum_of
from commission_app.core.vault.columns import Sealed, SealedRow
from commission_app.dossiers.states import ClashOutcome, Part


class Hands(Model):
    """Which open page wrote each field of a part last: a save that comes twice is not a clash with itself."""

    __tablename__ = "writing_hands"

    dossier_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("dossier.id", ondelete="CASCADE"), primary_key=True
    )
    part: Mapped[Part] = mapped_column(enum_of(Part), primary_key=True)
    pages: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)


class Clash(Identified, Dated, SealedRow, Model):
    """Two texts of one field, written without knowing of each other: both are kept until somebody settles.

    `theirs` stands in the dossier, `mine` was typed on the page `page` by `author`.
    """

    __tablename__ = "clash"
    __table_args__ = (Index("ix_clash_open", "dossier_id", "part", "settled_at"),)

    dossier_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("dossier.id", ondelete="CASCADE"))
    part: Mapped[Part] = mapped_column(enum_of(Part))
    field: Mapped[str] = mapped_column(String(80))
    label: Mapped[str] = mapped_column(String(200))
    page: Mapped[str] = mapped_column(String(36))
    theirs = Sealed()
    mine = Sealed()
    is_text: Mapped[bool] = mapped_column(default=True)
    author_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("user_account.id"))
    settled_at: Mapped[datetime | None]
    outcome: Mapped[ClashOutcome | None] = mapped_column(enum_of(ClashOutcome))

    author: Mapped[User] = relationship()


class Presence(Model):
    """An open page of a part, and when it last said so."""

    __tablename__ = "writing_presence"

    page: Mapped[str] = mapped_column(String(36), primary_key=True)
    dossier_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("dossier.id", ondelete="CASCADE"), index=True)
    part: Mapped[Part] = mapped_column(enum_of(Part))
    user_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("user_account.id"))
    seen_at: Mapped[datetime] = mapped_column(default=clock.now, index=True)

    user: Mapped[User] = relationship()
