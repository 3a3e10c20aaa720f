"""The open offers of a territory in the data·inclusion schema, the same bytes for the same offers."""

import json
from typing import Any

from commission_app.core import clock
from commission_app.offers.inclusion.queries import SOURCE, offer_key, open_offers, structure_key
from commission_app.offers.models import Offer
from commission_app.territories.models import Commune, Structure, Territory


def offers_as_json(territory: Territory) -> bytes:
    """Two lists, structures and services, in a stable order; no contact of a person leaves."""
    from commission_app.offers.inclusion.schema import check_service, check_structure, written

    offers = open_offers(territory.id)
    carriers = {one.structure.id: one.structure for one in offers if one.structure is not None}
    structures = [check_structure(_structure(one))[0] for one in carriers.values()]
    services = [check_service(_service(one))[0] for one in offers]
    content = {
        "structures": sorted((written(one) for one in structures if one), key=lambda one: str(one["id"])),
        "services": sorted((written(one) for one in services if one), key=lambda one: str(one["id"])),
    }
    return (json.dumps(content, ensure_ascii=False, indent=2, sort_keys=True) + "\n").encode()


def _structure(structure: Structure) -> dict[str, Any]:
    return {
        "source": SOURCE,
        "id": structure_key(structure),
        "nom": structure.name,
        "date_maj": clock.local(structure.created_at).date().isoformat(),
        "siret": structure.siret,
        "adresse": structure.address or None,
        **_place(structure.commune),
    }


def _place(commune: Commune | None) -> dict[str, Any]:
    if commune is None:
        return {}
    return {"commune": commune.name, "code_insee": commune.insee, "code_postal": commune.postal_code or None}


def _service(offer: Offer) -> dict[str, Any]:
    long_enough = len(offer.description) >= 5
    return {
        "source": SOURCE,
        "structure_id": structure_key(offer.structure) if offer.structure is not None else "",
        "id": offer_key(offer),
        "nom": offer.name,
        "description": offer.description if long_enough else f"Offre d’insertion : {offer.name}",
        "date_maj": (offer.opened_on or clock.local(offer.created_at).date()).isoformat(),
        "thematiques": offer.thematiques or None,
        "conditions_acces": offer.access or None,
        "mobilisable_par": ["professionnels"],
    }
