"""What an import is compared with, and what an export holds."""

import uuid
from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from commission_app.core.db import db
from commission_app.core.search import folded
from commission_app.offers.models import Offer
from commission_app.offers.queries import structures_acting
from commission_app.offers.states import OfferState
from commission_app.territories.models import Structure

SOURCE = "commission-spie"


def offer_key(offer: Offer) -> str:
    """The identifier under which an offer leaves: its own from elsewhere, else ours."""
    return offer.inclusion_id or f"{SOURCE}--{offer.id}"


def structure_key(structure: Structure) -> str:
    """The identifier under which a structure leaves."""
    return f"{SOURCE}--{structure.id}"


def open_offers(territory_id: uuid.UUID) -> list[Offer]:
    """What an export holds: the open offers of a territory with who carries them."""
    query = (
        select(Offer)
        .where(Offer.territory_id == territory_id, Offer.state == OfferState.OPEN)
        .options(joinedload(Offer.structure).joinedload(Structure.commune))
    )
    return list(db.session.scalars(query).unique())


def offers_by_key(territory_id: uuid.UUID, keys: Iterable[str]) -> dict[str, Offer]:
    """The offers of a territory that bear one of these identifiers."""
    wanted = set(keys)
    query = select(Offer).where(Offer.territory_id == territory_id)
    return {offer_key(offer): offer for offer in db.session.scalars(query) if offer_key(offer) in wanted}


def structures_by_name(territory_id: uuid.UUID) -> dict[str, Structure]:
    """The structures of a territory under each name that a file may give them: identifier, SIRET, name."""
    found: dict[str, Structure] = {}
    for structure in structures_acting(territory_id):
        for name in (structure_key(structure), structure.siret or "", folded(structure.name)):
            found.setdefault(name, structure)
    found.pop("", None)
    return found
