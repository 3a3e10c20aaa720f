"""An offer's life, from an idea of the commission to an open door and its closing."""

import uuid
from collections.abc import Iterable
from datetime import date

from commission_app.accounts.models import User
from commission_app.core import clock
from commission_app.core.db import db
from commission_app.core.errors import InvalidInputError
from commission_app.core.events import record
from commission_app.core.policies import require
from commission_app.core.search import folded
from commission_app.dossiers.models import Dossier
from commission_app.dossiers.states import DiagnosisItem
from commission_app.offers.models import Offer
from commission_app.offers.policies import can_create_offer, can_manage_offer
from commission_app.offers.queries import dossier_with_code
from commission_app.offers.states import OFFER_TRANSITIONS, OfferState

NOT_YOURS = "Seules la coordination du territoire et la structure qui porte l’offre la modifient."


def create_offer_idea(
    actor: User,
    *,
    territory_id: uuid.UUID,
    name: str,
    description: str,
    due_on: date | None = None,
    decision_id: uuid.UUID | None = None,
    dossier: Dossier | None = None,
    freins: Iterable[str] = (),
    access: str = "",
) -> Offer:
    """Write down an offer that is missing, with the dossier that shows the need.

    From a decision the right was checked by who records it; otherwise the coordination of the territory alone
    may.
    """
    if decision_id is None:
        require(
            can_create_offer(actor, territory_id), "Seule la coordination du territoire ajoute une offre."
        )
    if len(name.strip()) < 3:
        raise InvalidInputError("Donnez un nom à l’offre, d’au moins trois lettres.", field="name")
    offer = Offer(
        territory_id=territory_id,
        name=name.strip(),
        description=description.strip(),
        access=access.strip(),
        due_on=due_on,
        decision_id=decision_id,
        dossiers=[dossier] if dossier is not None else [],
        freins=_known_freins(freins),
    )
    index_offer(offer)
    db.session.add(offer)
    record(actor, "offer_created", offer)
    return offer


def edit_offer(
    actor: User,
    offer: Offer,
    *,
    name: str,
    description: str,
    access: str,
    freins: Iterable[str],
    thematiques: Iterable[str],
    due_on: date | None,
    version: int,
) -> None:
    """Change what the catalogue says of an offer; the coordination and the carrying structure alone may."""
    require(can_manage_offer(actor, offer), NOT_YOURS)
    offer.expect_version(version)
    if len(name.strip()) < 3:
        raise InvalidInputError("Donnez un nom à l’offre, d’au moins trois lettres.", field="name")
    offer.name, offer.description, offer.access, offer.due_on = name.strip(), description, access, due_on
    offer.freins, offer.thematiques = _known_freins(freins), sorted(set(thematiques))
    index_offer(offer)
    record(actor, "offer_edited", offer)


def study_offer(actor: User, offer: Offer, *, version: int) -> None:
    """Begin to look whether an idea can be made."""
    _move(actor, offer, "study", version)
    record(actor, "offer_studied", offer)


def carry_offer(actor: User, offer: Offer, *, structure_id: uuid.UUID, version: int) -> None:
    """Name the structure that carries the offer; an idea or an offer under study alone can be carried."""
    _move(actor, offer, "carry", version, structure_id=structure_id)
    record(actor, "offer_carried", offer, structure=str(structure_id))


def open_offer(actor: User, offer: Offer, *, version: int) -> None:
    """Open an offer to prescriptions, today; a structure must carry it."""
    if offer.structure_id is None:
        raise InvalidInputError("Désignez d’abord la structure qui porte l’offre, puis ouvrez-la.")
    _move(actor, offer, "open", version)
    offer.opened_on, offer.closed_on = offer.opened_on or clock.today(), None
    record(actor, "offer_opened", offer)


def close_offer(actor: User, offer: Offer, *, version: int) -> None:
    """Close an offer, today: it leaves the answers to freins, its prescriptions stay counted."""
    _move(actor, offer, "close", version)
    offer.closed_on = clock.today()
    record(actor, "offer_closed", offer)


def show_need(actor: User, offer: Offer, *, code: str) -> None:
    """Add a dossier, by its code alone, to those that show the need.

    The actor must read the dossier, which must be of the same territory.
    """
    require(can_manage_offer(actor, offer), NOT_YOURS)
    dossier = dossier_with_code(actor, code)
    if dossier is None:
        raise InvalidInputError("Aucun dossier que vous lisez ne porte ce code.", field="code")
    if dossier.territory_id != offer.territory_id:
        raise InvalidInputError("Ce dossier est d’un autre territoire.", field="code")
    if dossier not in offer.dossiers:
        offer.dossiers.append(dossier)
        record(actor, "offer_need_shown", offer)


def index_offer(offer: Offer) -> None:
    """Keep beside the offer the text in which it is searched; a rule of writing, without an account."""
    freins = " ".join(DiagnosisItem(value).label for value in offer.freins or [])
    offer.search = folded(f"{offer.name} {offer.description or ''} {freins}")


def _move(
    actor: User, offer: Offer, act: str, version: int, structure_id: uuid.UUID | None = None
) -> OfferState:
    require(can_manage_offer(actor, offer), NOT_YOURS)
    offer.expect_version(version)
    state = OFFER_TRANSITIONS.after(offer.state, act)
    if structure_id is not None:
        offer.structure_id = structure_id
    offer.state = state
    return state


def _known_freins(values: Iterable[str]) -> list[str]:
    known = {item.value for item in DiagnosisItem}
    return sorted({str(value) for value in values} & known)
