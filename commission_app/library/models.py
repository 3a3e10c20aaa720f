"""What the partners share: words, documents they sign, models of situations, the commissions that exist."""

import hashlib
import re
import uuid
from datetime import date, datetime

from sqlalchemy import JSON, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from commission_app.accounts.models import User
from commission_app.core import clock
from commission_app.core.db import Dated, Identified, Model, Versioned, enum_of
from commission_app.core.finding.keeping import Findable, keep_findable
from commission_app.core.search import folded
from commission_app.library.states import DocumentKind, TermState
from commission_app.territories.models import Structure, Territory


def digest_of(text: str) -> str:
    """The SHA-256 of a text, by which anybody checks that a printed version is the one that was signed."""
    return hashlib.sha256(text.encode()).hexdigest()


def slug_of(word: str) -> str:
    """A word in ASCII, for anchors: « Référent d’étape » becomes « referent-d-etape »."""
    return re.sub(r"[^a-z0-9]+", "-", folded(word)).strip("-")


class Term(Identified, Dated, Versioned, Model):
    """A word of the lexique and what it means. `slug` is the word in ASCII, for anchors."""

    __tablename__ = "term"

    word: Mapped[str] = mapped_column(String(120), unique=True)
    slug: Mapped[str] = mapped_column(String(120), unique=True)
    definition: Mapped[str] = mapped_column(Text)
    state: Mapped[TermState] = mapped_column(enum_of(TermState), default=TermState.DISCUSSED)


class TermProposal(Identified, Dated, Model):
    """A definition somebody proposes for a word, new or known; `accepted_at` or `declined_at` closes it."""

    __tablename__ = "term_proposal"

    term_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("term.id"), index=True)
    word: Mapped[str] = mapped_column(String(120))
    definition: Mapped[str] = mapped_column(Text)
    author_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("user_account.id"))
    accepted_at: Mapped[datetime | None]
    declined_at: Mapped[datetime | None]

    term: Mapped[Term | None] = relationship()
    author: Mapped[User] = relationship()


class SharedDocument(Identified, Dated, Model):
    """A document of a territory, or of the whole département when it names none."""

    __tablename__ = "shared_document"

    territory_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("territory.id"), index=True)
    kind: Mapped[DocumentKind] = mapped_column(enum_of(DocumentKind))
    title: Mapped[str] = mapped_column(String(150))

    territory: Mapped[Territory | None] = relationship()
    versions: Mapped[list["DocumentVersion"]] = relationship(
        back_populates="document", order_by="DocumentVersion.number.desc()"
    )


class DocumentVersion(Identified, Model):
    """One text of a document; published, it no longer changes. `digest` is the SHA-256 of the text."""

    __tablename__ = "document_version"
    __table_args__ = (UniqueConstraint("document_id", "number"),)

    document_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("shared_document.id"))
    number: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    digest: Mapped[str] = mapped_column(String(64))
    published_at: Mapped[datetime] = mapped_column(default=clock.now)

    document: Mapped[SharedDocument] = relationship(back_populates="versions")
    signatures: Mapped[list["DocumentSignature"]] = relationship(back_populates="document_version")


class DocumentSignature(Identified, Model):
    """A structure's signature of one version, by whoever signed for it."""

    __tablename__ = "document_signature"
    __table_args__ = (UniqueConstraint("version_id", "structure_id"),)

    version_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("document_version.id"))
    structure_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("structure.id"), index=True)
    user_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("user_account.id"))
    signed_at: Mapped[datetime] = mapped_column(default=clock.now)

    document_version: Mapped[DocumentVersion] = relationship(back_populates="signatures")
    structure: Mapped[Structure] = relationship()
    user: Mapped[User] = relationship()


class SituationModel(Identified, Dated, Versioned, Model):
    """An anonymous model of solved situations. `freins` holds DiagnosisItem values, `needed` Competence
    values."""

    __tablename__ = "situation_model"

    territory_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("territory.id"), index=True)
    title: Mapped[str] = mapped_column(String(150))
    pattern: Mapped[str] = mapped_column(Text)
    what_worked: Mapped[str] = mapped_column(Text)
    freins: Mapped[list[str]] = mapped_column(JSON, default=list)
    needed: Mapped[list[str]] = mapped_column(JSON, default=list)
    search: Mapped[str] = mapped_column(Text, default="")
    author_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("user_account.id"))

    territory: Mapped[Territory] = relationship()
    author: Mapped[User] = relationship()


def _findable(model: SituationModel) -> Findable:
    return Findable((model.title, model.pattern, model.what_worked), model.freins, model.territory_id)


keep_findable(SituationModel, "model", _findable)


class ExistingCommission(Identified, Dated, Versioned, Model):
    """A commission that exists on a territory: the inventory from which the partners simplify and merge."""

    __tablename__ = "existing_commission"

    territory_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("territory.id"), index=True)
    name: Mapped[str] = mapped_column(String(150))
    purpose: Mapped[str] = mapped_column(Text)
    organiser: Mapped[str] = mapped_column(String(150), default="")
    frequency: Mapped[str] = mapped_column(String(80), default="")
    merge_idea: Mapped[str] = mapped_column(Text, default="")
    reviewed_on: Mapped[date | None]

    territory: Mapped[Territory] = relationship()
