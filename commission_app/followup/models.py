"""What follows from a decision: actions with an owner and a date, and problems sent up to the département."""

import uuid
from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from commission_app.accounts.models import User
from commission_app.core.db import Dated, Identified, Model, Versioned, enum_of
from commission_app.core.vault.columns import Sealed, SealedRow
from commission_app.dossiers.models import Dossier
from commission_app.followup.due import Due
from commission_app.followup.states import ActionState, RemonteeState
from commission_app.territories.models import Structure, Territory


class Action(SealedRow, Identified, Dated, Versioned, Due, Model):
    """What a structure (and maybe a person of it) does by a day. It may come from a decision and concern a
    dossier. `author_id` wrote it down; `search` is the title without accents, in lower case; `done_at`
    is when it was done or given up."""

    __tablename__ = "action"
    __table_args__ = (
        Index("ix_action_board", "territory_id", "state", "due_on"),
        Index("ix_action_structure", "structure_id", "state", "due_on"),
        Index("ix_action_closed", "territory_id", "state", "done_at"),
    )

    territory_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("territory.id"))
    structure_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("structure.id"))
    owner_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("user_account.id"), index=True)
    author_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("user_account.id"), index=True)
    title: Mapped[str] = mapped_column(String(300))
    search: Mapped[str] = mapped_column(String(300), default="")
    due_on: Mapped[date]
    state: Mapped[ActionState] = mapped_column(enum_of(ActionState), default=ActionState.TO_DO)
    drop_reason = Sealed()
    done_at: Mapped[datetime | None]
    decision_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("decision.id"), index=True)
    dossier_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("dossier.id"), index=True)
    commission_session_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("commission_session.id"), index=True
    )

    territory: Mapped[Territory] = relationship()
    structure: Mapped[Structure] = relationship()
    owner: Mapped[User | None] = relationship(foreign_keys=[owner_id])
    dossier: Mapped[Dossier | None] = relationship()
    notes: Mapped[list["ActionNote"]] = relationship(order_by="ActionNote.created_at.desc()")
    followers: Mapped[list["ActionFollower"]] = relationship(cascade="all, delete-orphan")

    @property
    def takes_words(self) -> bool:
        """Whether something may still be written about it: not once its dossier is erased."""
        return self.dossier is None or self.dossier.erased_at is None


class ActionFollower(Model):
    """Somebody who follows an action beside those who have to do it: each facilitator of the day that decided
    it."""

    __tablename__ = "action_follower"

    action_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("action.id", ondelete="CASCADE"), primary_key=True
    )
    user_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("user_account.id"), primary_key=True, index=True)


class ActionNote(SealedRow, Identified, Dated, Model):
    """A line on how an action goes; written through a personal link it has no author but the owner."""

    __tablename__ = "action_note"
    sealed_like = "action_id"

    action_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("action.id", ondelete="CASCADE"), index=True)
    dossier_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("dossier.id", ondelete="CASCADE"))
    author_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("user_account.id"))
    text = Sealed()

    author: Mapped[User | None] = relationship()


class ActionLink(Identified, Dated, Model):
    """A personal link in a reminder, by which the owner answers without signing in; only its hash is kept."""

    __tablename__ = "action_link"

    action_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("action.id", ondelete="CASCADE"), index=True)
    user_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("user_account.id"))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]

    action: Mapped[Action] = relationship()
    user: Mapped[User | None] = relationship()


class Remontee(SealedRow, Identified, Dated, Versioned, Model):
    """A problem that the territory cannot solve, sent up; the answer comes back to the session. One that a
    decision on a dossier sent loses its words with the dossier: it stays counted."""

    __tablename__ = "remontee"
    sealed_like = "decision_id"
    __table_args__ = (Index("ix_remontee_list", "state", "theme"),)

    territory_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("territory.id"), index=True)
    theme: Mapped[str] = mapped_column(String(80))
    text = Sealed()
    state: Mapped[RemonteeState] = mapped_column(enum_of(RemonteeState), default=RemonteeState.SENT)
    answer = Sealed()
    answered_at: Mapped[datetime | None]
    answered_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("user_account.id"))
    decision_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("decision.id"), index=True)
    dossier_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("dossier.id"))
    commission_session_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("commission_session.id"), index=True
    )

    territory: Mapped[Territory] = relationship()
    answered_by: Mapped[User | None] = relationship(foreign_keys=[answered_by_id])

    @property
    def is_erased(self) -> bool:
        """Whether its words left with a dossier: without the problem there is nothing to answer."""
        return not self.text
