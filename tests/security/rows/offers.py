"""Addresses of the catalogue, the life of an offer, prescriptions, data·inclusion."""

import json

from commission_app.core import clock
from commission_app.core.db import db
from commission_app.offers.models import Offer
from commission_app.offers.states import OfferState
from tests.security.matrix import each, row

COORDINATORS = ("coordinator", "coordinator_elsewhere")
OF_ARLES = ("referent", "referent_other", "coordinator", "participant", "facilitator", "pilot")
READERS = (*OF_ARLES, "coordinator_elsewhere")
PRESCRIBERS = ("referent", "referent_other", "coordinator", "participant", "facilitator")
MANAGES = {
    "allows": {"coordinator": 303},
    "refuses": each([actor for actor in OF_ARLES if actor != "coordinator"], 403),
}
WITH_CARRIER = ("referent_other", "coordinator", "facilitator")
CARRIES = {
    "allows": each(WITH_CARRIER, 303),
    "refuses": each([actor for actor in OF_ARLES if actor not in WITH_CARRIER], 403),
}
IDEA = {"offer_id": "idea"}
CARRIED = {"offer_id": "carried"}
OPEN = {"offer_id": "open_offer"}
VERSION = {"version": "1"}


def offer(world, state=OfferState.IDEA):
    """An offer of Arles in a state; carried by the other structure when it is past the idea."""
    made = Offer(
        territory=world.arles, name="Navette", description="Transport", search="navette", state=state
    )
    made.structure = None if state is OfferState.IDEA else world.other_structure
    made.dossiers = [world["dossier"]]
    db.session.add(made)
    return made


def carried(world):
    """An offer that a structure carries."""
    return offer(world, OfferState.CARRIED)


def open_offer(world):
    """An offer that is open."""
    return offer(world, OfferState.OPEN)


def carrier(world):
    """The structure that is to carry it."""
    return {"version": "1", "structure_id": world.structure.id}


def code(world):
    """The code of a dossier of Arles."""
    return {"code": world["retained"].code}


def month(_world):
    """Three persons this month."""
    return {"month": clock.today().replace(day=1).isoformat(), "count": "3"}


def services(world):
    """A list of one service of the structure that acts on both territories."""
    service = {
        "source": "dora",
        "structure_id": world.other_structure.name,
        "id": "dora--1",
        "nom": "Navette",
        "description": "Transport à la demande",
        "date_maj": "2026-01-15",
    }
    return {"text": json.dumps([service])}


OBJECTS = {"idea": offer, "carried": carried, "open_offer": open_offer}

ROWS = [
    row("GET", "answers.show", {"dossier_id": "dossier"}, allows=each(["referent", "coordinator"], 200)),
    row("GET", "offers.index", allows=each(READERS, 200)),
    row("GET", "offers.new", allows=each(COORDINATORS, 200)),
    row("POST", "offers.create", data={"name": "Garde"}, allows=each(COORDINATORS, 303)),
    row("GET", "offers.show", IDEA, allows=each(OF_ARLES, 200)),
    row(
        "GET",
        "offers.edit",
        IDEA,
        allows={"coordinator": 200},
        refuses=each([actor for actor in OF_ARLES if actor != "coordinator"], 403),
    ),
    row("POST", "offers.save", IDEA, data={"version": "1", "name": "Navette"}, **MANAGES),
    row("POST", "offers.study", IDEA, data=VERSION, **MANAGES),
    row("POST", "offers.carry", IDEA, data=carrier, **MANAGES),
    row("POST", "offers.need", IDEA, data=code, **MANAGES),
    row("POST", "offers.open", CARRIED, data=VERSION, **CARRIES),
    row("POST", "offers.close", OPEN, data=VERSION, **CARRIES),
    row(
        "POST",
        "prescriptions.create",
        OPEN,
        data=month,
        allows=each(PRESCRIBERS, 303),
        refuses={"pilot": 403},
    ),
    row("GET", "inclusion.new", allows=each(COORDINATORS, 200)),
    row("POST", "inclusion.create", data=services, allows=each(COORDINATORS, 303)),
    row("POST", "inclusion.export", allows=each(READERS, 200)),
]
