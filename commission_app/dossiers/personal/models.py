"""The way in of one person to what is shared about her."""

import uuid
from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from commission_app.accounts.models import User
from commission_app.core import clock
from commission_app.core.db import Dated, Identified, Model
from commission_app.dossiers.models import Dossier


class PersonLink(Identified, Dated, Model):
    """A personal link. It opens with a second secret that the référent tells; each wrong one makes the next
    try wait longer (`wait_until`)."""

    __tablename__ = "person_link"

    dossier_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("dossier.id", ondelete="CASCADE"), index=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    secret_hash: Mapped[str] = mapped_column(String(200))
    maker_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("user_account.id"))
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    opened_at: Mapped[datetime | None]
    failures: Mapped[int] = mapped_column(default=0)
    wait_until: Mapped[datetime | None]

    dossier: Mapped[Dossier] = relationship()
    maker: Mapped[User] = relationship()

    @property
    def is_alive(self) -> bool:
        """Whether it still opens something."""
        return self.revoked_at is None and self.expires_at > clock.now()
