"""Publishing versions of shared documents and signing them."""

import uuid

from commission_app.accounts.models import User
from commission_app.core import clock, french
from commission_app.core.db import db
from commission_app.core.errors import InvalidInputError, StaleError, WrongStateError
from commission_app.core.events import record
from commission_app.core.policies import require
from commission_app.library.documents.policies import can_sign_document
from commission_app.library.documents.queries import latest_version, signature_of
from commission_app.library.models import DocumentSignature, DocumentVersion, SharedDocument, digest_of
from commission_app.library.policies import can_publish_document
from commission_app.library.states import DocumentKind

PUBLISHERS = "La coordination publie pour son territoire, l’administration pour le Département."


def create_document(
    actor: User, *, kind: DocumentKind, title: str, territory_id: uuid.UUID | None, text: str
) -> SharedDocument:
    """Publish a new document in its first version, for a territory or, by the administration, for all."""
    require(can_publish_document(actor, territory_id), PUBLISHERS)
    document = SharedDocument(kind=kind, title=title, territory_id=territory_id, versions=[])
    db.session.add(document)
    db.session.flush()
    _publish(actor, document, 1, text)
    return document


def publish_version(actor: User, document: SharedDocument, *, text: str, after: int) -> DocumentVersion:
    """Publish the next version; the one before stays readable with its signatures.

    `after` is the number that the writer started from: refused as stale when another one came since, and
    refused when the text did not change.
    """
    require(can_publish_document(actor, document.territory_id), PUBLISHERS)
    latest = latest_version(document.id)
    number = latest.number if latest else 0
    if number != after:
        raise StaleError(
            f"La version {number} a été publiée entre-temps. Relisez-la avant de publier la vôtre."
        )
    if latest is not None and latest.digest == digest_of(text):
        raise InvalidInputError("Le texte est le même que celui de la version en vigueur.", field="text")
    return _publish(actor, document, number + 1, text)


def sign_version(actor: User, document: SharedDocument, version: DocumentVersion) -> DocumentSignature:
    """Sign the version in force for the own structure; its cadre does, once.

    Refused when a later version was published meanwhile: one signs what one has read.
    """
    require(can_sign_document(actor, document), "Le cadre de la structure signe pour elle.")
    assert actor.structure_id is not None
    latest = latest_version(document.id)
    if latest is None or latest.id != version.id:
        raise WrongStateError("Une version plus récente est publiée. Lisez-la, puis signez-la.")
    if earlier := signature_of(version, actor.structure_id):
        raise WrongStateError(
            f"Votre structure a signé cette version le {french.short_date(earlier.signed_at)}."
        )
    signature = DocumentSignature(
        document_version=version, structure_id=actor.structure_id, user=actor, signed_at=clock.now()
    )
    db.session.add(signature)
    record(actor, "document_signed", document, version=version.number, structure_id=str(actor.structure_id))
    return signature


def _publish(actor: User, document: SharedDocument, number: int, text: str) -> DocumentVersion:
    version = DocumentVersion(
        document_id=document.id, number=number, text=text, digest=digest_of(text), published_at=clock.now()
    )
    db.session.add(version)
    db.session.flush()
    record(actor, "document_published", document, version=number, kind=document.kind.value)
    return version
