"""What the person was told, and what the person agreed to share, with whom, until when."""

import uuid
from datetime import date, datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from commission_app.accounts.models import User
from commission_app.core import clock
from commission_app.core.db import Dated, Identified, Model, enum_of
from commission_app.dossiers.states import AgreementForm


class InformationGiven(Identified, Dated, Model):
    """The person was told what is shared and which rights there are. `text_version` names the text that was
    read."""

    __tablename__ = "information_given"

    dossier_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("dossier.id", ondelete="CASCADE"), index=True)
    given_on: Mapped[date]
    form: Mapped[AgreementForm] = mapped_column(enum_of(AgreementForm))
    collector_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("user_account.id"))
    text_version: Mapped[str] = mapped_column(String(40))
    text_digest: Mapped[str] = mapped_column(String(64))

    collector: Mapped[User] = relationship()


class SharingAgreement(Identified, Dated, Model):
    """The person agrees to share with the structures of `scope` (identifiers; empty: the whole commission).

    It holds from `given_on` to `expires_on`, both included, unless withdrawn.
    """

    __tablename__ = "sharing_agreement"
    __table_args__ = (
        CheckConstraint("expires_on >= given_on", name="dates"),
        Index("ix_sharing_agreement_current", "dossier_id", "withdrawn_at", "expires_on"),
    )

    dossier_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("dossier.id", ondelete="CASCADE"))
    given_on: Mapped[date]
    form: Mapped[AgreementForm] = mapped_column(enum_of(AgreementForm))
    collector_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("user_account.id"))
    text_version: Mapped[str] = mapped_column(String(40))
    text_digest: Mapped[str] = mapped_column(String(64))
    scope: Mapped[list[str]] = mapped_column(JSON, default=list)
    expires_on: Mapped[date]
    withdrawn_at: Mapped[datetime | None]

    collector: Mapped[User] = relationship()

    @property
    def holds_today(self) -> bool:
        """Whether the agreement is neither withdrawn, nor expired, nor still to come."""
        return self.withdrawn_at is None and self.given_on <= clock.today() <= self.expires_on
