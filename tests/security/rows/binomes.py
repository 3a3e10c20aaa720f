"""Addresses of the binômes: the directory, absences, urgent requests."""

from datetime import timedelta

from commission_app.binomes.absences.services import record_absence
from commission_app.binomes.urgent.services import ask_urgently, take_request
from commission_app.core import clock
from tests.factories import make_binome
from tests.security.matrix import EVERYONE, each, row

TODAY = clock.today().isoformat()
MEMBERS = ("referent", "referent_other", "coordinator", "coordinator_elsewhere", "participant", "facilitator")
OF_ARLES = ("referent", "referent_other", "coordinator", "participant", "facilitator")
CONCERNED = ("referent", "coordinator", "participant")
BINOME = {"binome_id": "binome"}
REQUEST, TAKEN = {"request_id": "urgent"}, {"request_id": "urgent_taken"}
NEW = {"structure_id": "structure"}
WANTED = {"title": "Aide", "text": "Une place ce soir", "delay_minutes": "60"}


def binome(world):
    """Léonie is the cadre of the CCAS, somebody of hers its technicien."""
    people = world.actors
    return make_binome(world.arles, world.structure, people["participant"], world["somebody"], ("logement",))


def urgent(world):
    """The référent calls the pair for help."""
    return ask_urgently(
        world.actors["referent"], world["binome"], title="Aide", text="Vite", delay_minutes=60
    )


def taken(world):
    """The cadre has taken a request up."""
    request = urgent(world)
    take_request(world.actors["participant"], request)
    return request


def absence(world):
    """The technicien of the pair is away next week."""
    day = clock.today() + timedelta(days=7)
    assert world["binome"]
    return record_absence(
        world.actors["coordinator"],
        user_id=world["somebody"].id,
        starts_on=day,
        ends_on=day,
        stand_in_id=None,
    )


def people(world):
    """The form of a pair: the two of the CCAS."""
    return {"cadre_id": world.actors["participant"].id, "technicien_id": world.actors["referent"].id}


def named(world):
    """A first pair."""
    return {**people(world), "starts_on": TODAY}


def changed(world):
    """Other people."""
    return {**people(world), "since": TODAY, "version": world["binome"].version}


def absence_of_technicien(world):
    """The absence of the pair's technicien, which the coordination and the cadre note."""
    return {"user_id": world["somebody"].id, "starts_on": TODAY, "ends_on": TODAY, "stand_in_id": ""}


def paired(world):
    """The pair of the CCAS is named."""
    return world["binome"]


OBJECTS = {"binome": binome, "urgent": urgent, "urgent_taken": taken, "absence": absence}

READERS_403 = each(["referent", "referent_other", "facilitator"], 403)
NOT_THE_CADRE = {**READERS_403, "participant": 403}
KEEPS = {"coordinator": 303}
BOTH = each(["coordinator", "participant"], 303)
VERSION = {"version": "1"}

ROWS = [
    row("GET", "binomes.index", allows=each(MEMBERS, 200)),
    row("GET", "binomes.new", NEW, allows={"coordinator": 200}),
    row("POST", "binomes.create", NEW, data=named, allows=KEEPS),
    row("GET", "binomes.edit", BINOME, allows=each(["coordinator", "participant"], 200), refuses=READERS_403),
    row("POST", "binomes.change", BINOME, data=changed, allows=KEEPS, refuses=NOT_THE_CADRE),
    row("POST", "binomes.bring", BINOME, data=VERSION, allows=BOTH, refuses=READERS_403),
    row(
        "POST",
        "binomes.end",
        BINOME,
        data={**VERSION, "last_day": TODAY},
        allows=KEEPS,
        refuses=NOT_THE_CADRE,
    ),
    row("GET", "absences.index", allows=each(EVERYONE, 200)),
    row(
        "POST",
        "absences.create",
        data=absence_of_technicien,
        state=paired,
        allows=BOTH,
        refuses=each(set(EVERYONE) - set(BOTH), 422),
    ),
    row("POST", "absences.remove", {"absence_id": "absence"}, allows=BOTH),
    row("GET", "urgent.index", allows=each(EVERYONE, 200)),
    row("GET", "urgent.choose", allows=each(MEMBERS, 200)),
    row("GET", "urgent.new", BINOME, allows=each(OF_ARLES, 200)),
    row("POST", "urgent.create", BINOME, data=WANTED, allows=each(OF_ARLES, 303)),
    row("GET", "urgent.show", REQUEST, allows=each(CONCERNED, 200)),
    row("POST", "urgent.take", REQUEST, allows=BOTH, refuses={"referent": 403}),
    row("POST", "urgent.pass_on", REQUEST, allows=each(CONCERNED, 303)),
    row(
        "POST",
        "urgent.answer",
        TAKEN,
        data={"answer": "Une place ce soir"},
        allows={"participant": 303},
        refuses=each(["referent", "coordinator"], 403),
    ),
    row(
        "POST",
        "urgent.close",
        REQUEST,
        allows=each(["referent", "coordinator"], 303),
        refuses={"participant": 403},
    ),
]
