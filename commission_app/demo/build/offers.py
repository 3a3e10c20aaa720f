"""The catalogue of each territory, what was born in a commission, and the prescriptions."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select

from commission_app.binomes.models import Binome
from commission_app.core.db import db
from commission_app.demo.world import World
from commission_app.dossiers.states import DiagnosisItem as Item
from commission_app.offers.models import Offer
from commission_app.offers.prescriptions.services import count_prescriptions
from commission_app.offers.services import carry_offer, create_offer_idea, edit_offer, open_offer, study_offer


@dataclass(frozen=True)
class Entry:
    """An offer of the catalogue: who carries it, what it answers, how to come in."""

    code: str
    name: str
    house: str
    freins: tuple[Item, ...]
    text: str
    access: str


CATALOGUE = (
    Entry(
        "ARL",
        "Prêt de scooter",
        "mob",
        (Item.MOBILITY,),
        "Prêt d’un scooter pour trois mois, casque compris.",
        "Sur prescription, permis AM ou B. Deux places libres.",
    ),
    Entry(
        "ARL",
        "Relais petite enfance",
        "ccas-arl",
        (Item.CHILD_CARE,),
        "Recherche d’une garde avec la famille.",
        "Sur rendez-vous, du lundi au jeudi.",
    ),
    Entry(
        "ARL",
        "Hébergement relais",
        "mas",
        (Item.HOUSING,),
        "Un logement pour six semaines à six mois.",
        "Appel de la référente ou du référent d’étape.",
    ),
    Entry(
        "ARL",
        "Atelier français professionnel",
        "savoirs",
        (Item.LANGUAGE, Item.SKILLS),
        "Le français des métiers, deux matinées par semaine.",
        "Entrée toutes les six semaines.",
    ),
    Entry(
        "ARL",
        "Chantier maraîchage",
        "crau",
        (Item.EXPERIENCE, Item.DIFFICULTIES),
        "Contrat d’insertion de quatre à vingt-quatre mois.",
        "Recrutement chaque mois.",
    ),
    Entry(
        "ETB",
        "Point conseil budget",
        "mds-etb",
        (Item.FINANCES,),
        "Tri des dettes, dossier, négociation.",
        "Deux permanences par semaine, sans rendez-vous le mardi.",
    ),
    Entry(
        "ETB",
        "Logement relais de l’étang",
        "toits",
        (Item.HOUSING,),
        "Douze logements, baux de six mois.",
        "Commission d’entrée chaque quinzaine.",
    ),
    Entry(
        "ETB",
        "Chantier salines",
        "sel",
        (Item.EXPERIENCE,),
        "Entretien des salines, contrat d’insertion.",
        "Visite le premier jeudi du mois.",
    ),
    Entry(
        "ETB",
        "Prêt de véhicule",
        "mob",
        (Item.MOBILITY,),
        "Une voiture pour un mois, renouvelable.",
        "Permis B, promesse d’embauche.",
    ),
    Entry(
        "AIX",
        "Colocation solidaire",
        "bastide",
        (Item.HOUSING, Item.FAMILY),
        "Une chambre et une charte commune.",
        "Rencontre avec les colocataires.",
    ),
    Entry(
        "AIX",
        "Atelier numérique",
        "savoirs",
        (Item.DIGITAL,),
        "Dix séances, ordinateur prêté.",
        "Inscription libre.",
    ),
    Entry(
        "AIX",
        "Permanence juridique",
        "bastide",
        (Item.ADMINISTRATIVE,),
        "Une juriste, un après-midi par semaine.",
        "Sur rendez-vous.",
    ),
)
OPENED_AGO = 300
MONTHS = 8
#: How far the offers born in a commission have gone by now: days ago of each step, and who carries them.
BORN = {
    ("ARL", "Ateliers numériques de proximité"): ((150, "study"), (110, "savoirs"), (60, "open")),
    ("ARL", "Tournée des hameaux"): ((50, "study"),),
    ("AIX", "Tournée des hameaux"): ((45, "study"), (20, "ml-aix")),
    ("AIX", "Ateliers numériques de proximité"): ((300, "study"), (260, "savoirs"), (200, "open")),
}


def plan_offers(world: World) -> None:
    """Plan the catalogue, the life of the offers born, and each month's prescriptions."""
    for number, entry in enumerate(CATALOGUE):
        world.plan(world.at(-OPENED_AGO, 11, number), _open, world, entry)
        world.plan(world.now - timedelta(hours=2), _prescribe, world, entry, 0, number)
        for back in range(1, MONTHS):
            world.plan(world.at(-back * 30 + 3, 12), _prescribe, world, entry, back, number)
    for (code, name), steps in BORN.items():
        for ago, step in steps:
            world.plan(world.at(-ago, 14), _advance, world, code, name, step)


def _open(world: World, entry: Entry) -> None:
    actor = world.coordinator(entry.code)
    offer = create_offer_idea(
        actor,
        territory_id=world.territories[entry.code].id,
        name=entry.name,
        description=entry.text,
        freins=entry.freins,
    )
    edit_offer(
        actor,
        offer,
        name=entry.name,
        description=entry.text,
        access=entry.access,
        freins=entry.freins,
        thematiques=(),
        due_on=None,
        version=offer.version,
    )
    db.session.flush()
    for step in (entry.house, "open"):
        _advance(world, entry.code, entry.name, step)


def _advance(world: World, code: str, name: str, step: str) -> None:
    actor, territory = world.coordinator(code), world.territories[code]
    found = select(Offer).where(Offer.territory_id == territory.id, Offer.name == name).limit(1)
    offer = db.session.scalars(found).one()
    if step == "study":
        study_offer(actor, offer, version=offer.version)
    elif step == "open":
        open_offer(actor, offer, version=offer.version)
    else:
        carry_offer(actor, offer, structure_id=world.houses[step].id, version=offer.version)
    db.session.flush()


def _prescribe(world: World, entry: Entry, back: int, number: int) -> None:
    """Two structures of the territory say how many persons they sent; more since the last session."""
    territory = world.territories[entry.code]
    offer = db.session.scalars(
        select(Offer).where(Offer.territory_id == territory.id, Offer.name == entry.name)
    ).one()
    month: date = (world.today - timedelta(days=back * 30)).replace(day=1)
    for place, binome in enumerate(_prescribers(world, entry.code, number)):
        if (actor := binome.technicien or binome.cadre) is not None:
            count = 1 + (number * 3 + back * 5 + place) % 3 + (3 if back <= 2 else 0)
            count_prescriptions(actor, offer, month=month, count=count)


def _prescribers(world: World, code: str, number: int) -> list[Binome]:
    seats = [binome for (place, _), binome in world.binomes.items() if place == code]
    return [seats[number % len(seats)], seats[(number + 3) % len(seats)]]
