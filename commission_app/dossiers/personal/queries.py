"""The link of a person, and what stands behind it."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from commission_app.core.db import db
from commission_app.core.errors import NotFoundError
from commission_app.core.events import Event
from commission_app.core.tokens import hashed
from commission_app.dossiers.agreement.models import SharingAgreement
from commission_app.dossiers.agreement.queries import current_agreement
from commission_app.dossiers.models import Dossier
from commission_app.dossiers.person.queries import READ
from commission_app.dossiers.personal.decided import Decided, decided_on
from commission_app.dossiers.personal.models import PersonLink
from commission_app.dossiers.presentation import Presentation, presentation_of
from commission_app.dossiers.rights.models import Correction
from commission_app.dossiers.rights.queries import OVER, corrections_of


@dataclass(frozen=True)
class Readings:
    """How often somebody else than the référent opened the name, and when last."""

    count: int
    latest: datetime | None


@dataclass(frozen=True)
class PersonPage:
    """What the person reads: what is shared, with whom, until when, what was decided, what she asked for."""

    dossier: Dossier
    presentation: Presentation
    agreement: SharingAgreement | None
    structures: list[str]
    decided: list[Decided]
    corrections: list[Correction]
    readings: Readings


def link_behind(token: str, *, to_try: bool = False) -> PersonLink:
    """The living link of a token; raises NotFoundError alike for one unknown, expired or withdrawn.

    `to_try` holds the row until the end of the transaction: two tries at once count one after the other.
    """
    query = select(PersonLink).where(PersonLink.token_hash == hashed(token))
    if to_try:
        query = query.with_for_update(of=PersonLink).execution_options(populate_existing=True)
    link = db.session.scalars(query.options(joinedload(PersonLink.dossier))).one_or_none()
    if link is None or not link.is_alive or link.dossier.erased_at is not None:
        raise NotFoundError()
    return link


def living_link(dossier_id: uuid.UUID) -> PersonLink | None:
    """The link that the person of a dossier may open today."""
    query = select(PersonLink).where(PersonLink.dossier_id == dossier_id, PersonLink.revoked_at.is_(None))
    latest = db.session.scalars(query.order_by(PersonLink.created_at.desc()).limit(1)).first()
    return latest if latest is not None and latest.is_alive else None


def page_of(link: PersonLink) -> PersonPage:
    """Everything on the person's page; a dossier that is over is shared with nobody, whatever was agreed."""
    dossier = link.dossier
    agreement = None if dossier.state in OVER else current_agreement(dossier.id)
    return PersonPage(
        dossier=dossier,
        presentation=presentation_of(dossier),
        agreement=agreement,
        structures=_structures(dossier, agreement),
        decided=decided_on(dossier.id),
        corrections=corrections_of(dossier.id),
        readings=_readings(dossier),
    )


def _structures(dossier: Dossier, agreement: SharingAgreement | None) -> list[str]:
    """Those that the person chose; none named is the whole commission."""
    if agreement is None or not agreement.scope:
        return []
    return [one.name for one in dossier.territory.structures if str(one.id) in agreement.scope]


def _readings(dossier: Dossier) -> Readings:
    query = select(func.count(), func.max(Event.at)).where(
        Event.subject_type == "Dossier",
        Event.subject_id == dossier.id,
        Event.name.in_(READ),
        Event.actor_id != dossier.referent_id,
    )
    return Readings(*db.session.execute(query).one())
