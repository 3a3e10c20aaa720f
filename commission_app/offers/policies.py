"""Who reads the catalogue of a territory, who moves an offer, who counts prescriptions."""

import uuid

from sqlalchemy import Select, select

from commission_app.accounts.models import User
from commission_app.accounts.states import Role
from commission_app.offers.models import Offer

READERS = (Role.REFERENT, Role.COORDINATOR, Role.PARTICIPANT, Role.PILOT)
COORDINATORS = (Role.COORDINATOR,)
PRESCRIBERS = (Role.REFERENT, Role.COORDINATOR, Role.PARTICIPANT)


def visible_offers(actor: User) -> Select[Offer]:
    """The offers of the person's territories; those of the whole département for its pilots."""
    if actor.holds_everywhere(Role.PILOT):
        return select(Offer)
    return select(Offer).where(Offer.territory_id.in_(actor.territory_ids(*READERS)))


def can_create_offer(actor: User, territory_id: uuid.UUID) -> bool:
    """The coordination of the territory writes its catalogue."""
    return actor.holds(Role.COORDINATOR, territory_id)


def can_manage_offer(actor: User, offer: Offer) -> bool:
    """The coordination of the territory, and the people there of the structure that carries the offer."""
    if actor.holds(Role.COORDINATOR, offer.territory_id):
        return True
    is_theirs = offer.structure_id is not None and offer.structure_id == actor.structure_id
    return is_theirs and offer.territory_id in actor.territory_ids(*PRESCRIBERS)


def can_prescribe(actor: User, offer: Offer) -> bool:
    """Whoever acts on the territory for a structure counts what this structure prescribed."""
    return actor.structure_id is not None and offer.territory_id in actor.territory_ids(*PRESCRIBERS)
