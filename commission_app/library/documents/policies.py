"""Which documents a person reads, and for which structure the person signs."""

import uuid

from sqlalchemy import Select, or_, select

from commission_app.accounts.models import User
from commission_app.binomes.models import Binome
from commission_app.core.db import db
from commission_app.library.models import SharedDocument
from commission_app.library.policies import READERS, reads_everywhere
from commission_app.library.states import DocumentKind

#: What structures sign; a piece of news is only read.
SIGNED_KINDS = frozenset({DocumentKind.CHARTE, DocumentKind.PROTOCOLE, DocumentKind.LABEL})


def visible_documents(actor: User) -> Select[SharedDocument]:
    """Those of the département, and those of the territories on which the person acts."""
    if reads_everywhere(actor):
        return select(SharedDocument)
    territories = actor.territory_ids(*READERS)
    return select(SharedDocument).where(
        or_(SharedDocument.territory_id.is_(None), SharedDocument.territory_id.in_(territories))
    )


def can_sign_document(actor: User, document: SharedDocument) -> bool:
    """The cadre of a structure's pair signs for it, on the document's territory when it names one."""
    if document.kind not in SIGNED_KINDS:
        return False
    led = select(Binome.territory_id).where(
        Binome.structure_id == actor.structure_id, Binome.cadre_id == actor.id, Binome.current()
    )
    places: set[uuid.UUID] = set(db.session.scalars(led))
    return bool(places) and document.territory_id in places | {None}
