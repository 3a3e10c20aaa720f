"""Taking offers in from a data·inclusion list: all of it, or nothing."""

from dataclasses import dataclass
from typing import Any

from commission_app.accounts.models import User
from commission_app.core import clock
from commission_app.core.db import db
from commission_app.core.errors import InvalidInputError
from commission_app.core.events import record
from commission_app.core.policies import require
from commission_app.core.search import folded
from commission_app.offers.inclusion.queries import offers_by_key, structures_by_name
from commission_app.offers.inclusion.reading import ReadingError, read_list
from commission_app.offers.inclusion.vocabulary import freins_of
from commission_app.offers.models import Offer
from commission_app.offers.policies import can_create_offer
from commission_app.offers.services import index_offer
from commission_app.offers.states import OfferState
from commission_app.territories.models import Structure, Territory


@dataclass(frozen=True)
class Imported:
    """What an import did."""

    created: int
    changed: int


class ImportFault(InvalidInputError):
    """Nothing was imported; `lines` holds (line, what is wrong there)."""

    def __init__(self, lines: list[tuple[int, str]]) -> None:
        super().__init__(
            "Rien n’a été importé : corrigez les lignes indiquées, puis recommencez.", field="text"
        )
        self.lines = lines


def import_offers(actor: User, territory: Territory, *, text: str) -> Imported:
    """Take in a JSON list of data·inclusion services as open offers; known identifiers are changed.

    The coordination of the territory alone may. Each service names its structure by our identifier, its SIRET
    or its name. One fault anywhere and nothing is imported: raises ImportFault with each fault by its line.
    """
    require(can_create_offer(actor, territory.id), "Seule la coordination du territoire importe des offres.")
    services, structures = _checked(territory, text)
    known = offers_by_key(territory.id, (service.id for service in services))
    for service, structure in zip(services, structures, strict=True):
        _write(known.get(service.id), territory, service, structure)
    changed = len(known)
    done = Imported(len(services) - changed, changed)
    record(actor, "offers_imported", territory, created=done.created, changed=done.changed)
    return done


def _checked(territory: Territory, text: str) -> tuple[list[Any], list[Structure]]:
    from commission_app.offers.inclusion.schema import check_service

    try:
        read = read_list(text)
    except ReadingError as error:
        raise ImportFault([(error.line, error.message)]) from error
    faults: list[tuple[int, str]] = [] if read else [(1, "la liste est vide")]
    services, structures, seen = [], [], set()
    by_name = structures_by_name(territory.id)
    for one in read:
        service, wrong = check_service(one.content)
        structure = _structure(by_name, service)
        if service is not None and structure is None:
            wrong = [f"structure_id : « {service.structure_id[:80]} » n’est pas une structure du territoire"]
        if service is not None and service.id in seen:
            wrong = [*wrong, "id : il est donné deux fois"]
        faults += [(one.line, fault) for fault in wrong]
        if service is not None and structure is not None:
            services.append(service)
            structures.append(structure)
            seen.add(service.id)
    if faults:
        raise ImportFault(faults)
    return services, structures


def note_export(actor: User, territory: Territory, *, rows: int) -> None:
    """Note that the actor takes the open offers of a territory away as a file: how many."""
    record(actor, "offers_exported", territory, format="json", rows=rows)


def _structure(by_name: dict[str, Structure], service: Any) -> Structure | None:
    if service is None:
        return None
    bare = service.structure_id.removeprefix(f"{service.source}--")
    names = (service.structure_id, bare, folded(bare))
    return next((by_name[name] for name in names if name in by_name), None)


def _write(offer: Offer | None, territory: Territory, service: Any, structure: Structure) -> None:
    if offer is None:
        offer = Offer(territory_id=territory.id, inclusion_id=service.id, opened_on=clock.today())
        offer.state, offer.structure_id = OfferState.OPEN, structure.id
        db.session.add(offer)
    thematiques = sorted(value.value for value in service.thematiques or ())
    offer.name, offer.description = service.nom, service.description
    offer.structure_id = structure.id
    offer.access = service.conditions_acces or ""
    offer.thematiques, offer.freins = thematiques, freins_of(thematiques)
    index_offer(offer)
