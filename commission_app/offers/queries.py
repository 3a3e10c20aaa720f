"""The catalogue of a territory, one offer, and what answers a frein."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, String, cast, func, or_, select
from sqlalchemy.orm import joinedload

from commission_app.accounts.models import User
from commission_app.core.db import db
from commission_app.core.errors import NotFoundError
from commission_app.core.finding.queries import matching
from commission_app.dossiers.models import Dossier
from commission_app.dossiers.policies import visible_dossiers
from commission_app.dossiers.states import DiagnosisItem
from commission_app.offers.models import Offer, offer_dossier
from commission_app.offers.policies import visible_offers
from commission_app.offers.states import OfferState
from commission_app.territories.models import Structure, Territory


@dataclass(frozen=True)
class Need:
    """The dossiers that show the need of an offer: with a code the reader may know, and how many more."""

    dossiers: list[Dossier]
    others: int


def listed(
    actor: User,
    *,
    territory_id: uuid.UUID,
    frein: DiagnosisItem | None = None,
    state: OfferState | None = None,
    text: str = "",
) -> Select[Offer]:
    """The catalogue that the actor may read, narrowed, by name."""
    query = visible_offers(actor).where(Offer.territory_id == territory_id)
    if frein is not None:
        query = query.where(answers(frein))
    if state is not None:
        query = query.where(Offer.state == state)
    if text:
        query = query.where(Offer.id.in_(matching("offer", text)))
    return query.options(joinedload(Offer.structure)).order_by(Offer.name, Offer.id)


def get_offer(actor: User, offer_id: uuid.UUID) -> Offer:
    """One offer; raises NotFoundError when the actor may not read it."""
    query = visible_offers(actor).where(Offer.id == offer_id)
    query = query.options(joinedload(Offer.structure), joinedload(Offer.territory))
    offer = db.session.scalars(query).unique().one_or_none()
    if offer is None:
        raise NotFoundError()
    return offer


def offers_answering(territory_id: uuid.UUID, freins: Iterable[str]) -> list[Offer]:
    """The open offers of a territory that answer one of these freins (DiagnosisItem values), by name."""
    wanted = [answers(DiagnosisItem(value)) for value in freins]
    if not wanted:
        return []
    query = (
        select(Offer)
        .where(Offer.territory_id == territory_id, Offer.state == OfferState.OPEN, or_(*wanted))
        .options(joinedload(Offer.structure))
        .order_by(Offer.name)
        .limit(100)
    )
    return list(db.session.scalars(query).unique())


def answers(frein: DiagnosisItem) -> ColumnElement[bool]:
    """The criterion of offers that answer a frein; the list of them is text with quotes on every database."""
    return cast(Offer.freins, String).like(f'%"{frein.value}"%')


def need_of(actor: User, offer: Offer) -> Need:
    """The dossiers behind an offer as the actor may know them."""
    shown = (
        visible_dossiers(actor)
        .join(offer_dossier, offer_dossier.c.dossier_id == Dossier.id)
        .where(offer_dossier.c.offer_id == offer.id)
        .order_by(Dossier.code)
    )
    dossiers = list(db.session.scalars(shown.limit(50)).unique())
    total = db.session.scalar(
        select(func.count()).select_from(offer_dossier).where(offer_dossier.c.offer_id == offer.id)
    )
    return Need(dossiers, (total or 0) - len(dossiers))


def dossier_with_code(actor: User, code: str) -> Dossier | None:
    """The dossier of that code if the actor may read it."""
    return db.session.scalars(visible_dossiers(actor).where(Dossier.code == code.strip().upper())).first()


def structures_acting(territory_id: uuid.UUID) -> list[Structure]:
    """The structures that act on a territory, by name."""
    query = select(Structure).where(
        Structure.archived_on.is_(None), Structure.territories.any(Territory.id == territory_id)
    )
    return list(db.session.scalars(query.order_by(Structure.name)))
