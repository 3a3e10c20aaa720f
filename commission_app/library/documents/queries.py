"""Shared documents, their versions, and which structure signed which."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Subquery, case, func, select
from sqlalchemy.orm import joinedload, lazyload, selectinload

from commission_app.accounts.models import User
from commission_app.binomes.models import Binome
from commission_app.core.db import db
from commission_app.core.errors import NotFoundError
from commission_app.library.documents.policies import SIGNED_KINDS, visible_documents
from commission_app.library.models import DocumentSignature, DocumentVersion, SharedDocument
from commission_app.territories.models import Structure

LIST_SIZE = 100


@dataclass(frozen=True)
class DocumentLine:
    """A document in the list: its latest version, how many structures signed that one, and the own one's."""

    document: SharedDocument
    version: DocumentVersion
    signatures: int
    is_signed_by_own: bool

    @property
    def is_to_sign(self) -> bool:
        """Whether structures sign this kind of document."""
        return self.document.kind in SIGNED_KINDS


@dataclass(frozen=True)
class Signing:
    """Who signed the version shown, and which structures of the territory have not."""

    signatures: Sequence[DocumentSignature]
    missing: Sequence[Structure]


def listed_documents(actor: User) -> list[DocumentLine]:
    """What the actor may read, by kind: two queries whatever their number."""
    latest = _latest_numbers()
    query = (
        visible_documents(actor)
        .join(latest, latest.c.document_id == SharedDocument.id)
        .join(
            DocumentVersion,
            (DocumentVersion.document_id == SharedDocument.id) & (DocumentVersion.number == latest.c.number),
        )
        .with_only_columns(SharedDocument, DocumentVersion)
        .options(joinedload(SharedDocument.territory))
        .order_by(SharedDocument.kind, SharedDocument.title)
        .limit(LIST_SIZE)
    )
    rows = db.session.execute(query).unique().all()
    signed = _signatures_by(actor, [version.id for _, version in rows])
    return [
        DocumentLine(document, version, *signed.get(version.id, (0, False))) for document, version in rows
    ]


def get_document(actor: User, document_id: uuid.UUID) -> SharedDocument:
    """One document with its versions; raises NotFoundError when the actor may not read it."""
    query = visible_documents(actor).where(SharedDocument.id == document_id)
    document = db.session.scalars(query.options(selectinload(SharedDocument.versions))).one_or_none()
    if document is None or not document.versions:
        raise NotFoundError()
    return document


def version_of(document: SharedDocument, number: int | None) -> DocumentVersion:
    """The version of that number, the latest when none is named; raises NotFoundError when there is none."""
    found = (one for one in document.versions if number in (None, one.number))
    version = next(found, None)
    if version is None:
        raise NotFoundError()
    return version


def signing_of(document: SharedDocument, version: DocumentVersion) -> Signing:
    """Who signed a version, by structure, and which structures with a pair there have not."""
    user = joinedload(DocumentSignature.user)
    query = (
        select(DocumentSignature)
        .join(DocumentSignature.structure)
        .where(DocumentSignature.version_id == version.id)
        .options(joinedload(DocumentSignature.structure), user.options(lazyload(User.memberships)))
        .order_by(Structure.name)
    )
    signatures = list(db.session.scalars(query).unique())
    signed = {signature.structure_id for signature in signatures}
    expected = select(Binome.structure_id).where(Binome.current())
    if document.territory_id is not None:
        expected = expected.where(Binome.territory_id == document.territory_id)
    missing = select(Structure).where(Structure.id.in_(expected), Structure.id.not_in(signed))
    return Signing(signatures, list(db.session.scalars(missing.order_by(Structure.name).limit(LIST_SIZE))))


def latest_version(document_id: uuid.UUID) -> DocumentVersion | None:
    """The version that holds, read behind whoever publishes at this moment."""
    held = select(SharedDocument.id).where(SharedDocument.id == document_id).with_for_update()
    db.session.execute(held)
    query = select(DocumentVersion).where(DocumentVersion.document_id == document_id)
    return db.session.scalars(query.order_by(DocumentVersion.number.desc()).limit(1)).one_or_none()


def signature_of(version: DocumentVersion, structure_id: uuid.UUID) -> DocumentSignature | None:
    """The signature of a structure on a version."""
    return db.session.scalars(
        select(DocumentSignature).where(
            DocumentSignature.version_id == version.id, DocumentSignature.structure_id == structure_id
        )
    ).one_or_none()


def _latest_numbers() -> Subquery:
    return (
        select(DocumentVersion.document_id, func.max(DocumentVersion.number).label("number"))
        .group_by(DocumentVersion.document_id)
        .subquery()
    )


def _signatures_by(actor: User, version_ids: list[uuid.UUID]) -> dict[uuid.UUID, tuple[int, bool]]:
    own = func.sum(case((DocumentSignature.structure_id == actor.structure_id, 1), else_=0))
    query = (
        select(DocumentSignature.version_id, func.count(), own)
        .where(DocumentSignature.version_id.in_(version_ids))
        .group_by(DocumentSignature.version_id)
    )
    return {row[0]: (row[1], bool(row[2])) for row in db.session.execute(query)}
