"""Addresses of the binômes, of their absences and of the urgent requests."""

from commission_app.binomes.models import Absence
from commission_app.binomes.urgent.services import ask_urgently, take_request
from commission_app.core import clock
from commission_app.core.db import db
from tests.factories import make_binome
from tests.security.matrix import EVERYONE, each, row

BINOME = {"binome_id": "binome"}
REQUEST = {"request_id": "urgent_request"}
TAKEN = {"request_id": "taken_request"}
ABSENCE = {"absence_id": "absence"}
COORDINATORS = ("coordinator", "coordinator_elsewhere")
CALLS_IN_ARLES = ("referent", "referent_other", "coordinator", "participant", "facilitator")
CALLS = (*CALLS_IN_ARLES, "coordinator_elsewhere")
CADRE_OR_COORDINATION = ("participant", "coordinator")
REACHES_INES = ("referent", "participant", "coordinator")
SEES_REQUEST = ("referent_other", "referent", "participant", "coordinator")
TODAY = clock.today().isoformat()
VERSION = {"version": "1"}
COMPETENCES = {"version": "1", "competences": "logement"}
URGENT = {"title": "Une famille à reloger", "text": "Avant vendredi", "delay_minutes": "60", "dossier_id": ""}


def but(actors, *allowed):
    """Those who see the object and may not do this to it."""
    return each([actor for actor in actors if actor not in allowed], 403)


def binome(world):
    """The CCAS sends Léonie as its cadre and Inès as its technicienne."""
    people = world.actors
    return make_binome(world.arles, world.structure, people["participant"], people["referent"])


def urgent_request(world):
    """Yves calls the CCAS: Inès is asked first."""
    return ask_urgently(
        world.actors["referent_other"], world["binome"], title="Reloger", text="Ce soir", delay_minutes=60
    )


def taken_request(world):
    """The same once Inès took it up."""
    asked = urgent_request(world)
    take_request(world.actors["referent"], asked)
    return asked


def absence(world):
    """Inès, of a binôme, is away today."""
    with_binome(world)
    day = clock.today()
    made = Absence(user_id=world.actors["referent"].id, starts_on=day, ends_on=day)
    db.session.add(made)
    return made


def with_binome(world):
    """The CCAS has its binôme."""
    assert world["binome"]


def away(name):
    """The form that says that an actor is away."""

    def form(world):
        return {"user_id": world.actors[name].id, "starts_on": TODAY, "ends_on": TODAY, "stand_in_id": ""}

    return form


def people(*names, **others):
    """The form that names a cadre and a technicien."""

    def form(world):
        cadre, technicien = (world.actors[name].id if name else "" for name in names)
        return {"version": "1", "cadre_id": cadre, "technicien_id": technicien, **others}

    return form


def urgent_about_dossier(world):
    """A request that names the dossier of Inès."""
    return URGENT | {"dossier_id": world["dossier"].id}


OBJECTS = {
    "binome": binome,
    "urgent_request": urgent_request,
    "taken_request": taken_request,
    "absence": absence,
}

DIRECTORY = [
    row("GET", "binomes.index", allows=each(CALLS, 200)),
    row("GET", "binomes.new", {"structure_id": "structure"}, allows={"coordinator": 200}),
    row(
        "POST",
        "binomes.create",
        {"structure_id": "structure"},
        data=people("participant", "referent", starts_on=TODAY),
        allows={"coordinator": 303},
    ),
    row(
        "GET",
        "binomes.edit",
        BINOME,
        allows=each(CADRE_OR_COORDINATION, 200),
        refuses=but(CALLS_IN_ARLES, *CADRE_OR_COORDINATION),
    ),
    row(
        "POST",
        "binomes.change",
        BINOME,
        data=people("participant", "", since=TODAY),
        allows={"coordinator": 303},
        refuses=but(CALLS_IN_ARLES, "coordinator"),
    ),
    row(
        "POST",
        "binomes.bring",
        BINOME,
        data=COMPETENCES,
        allows=each(CADRE_OR_COORDINATION, 303),
        refuses=but(CALLS_IN_ARLES, *CADRE_OR_COORDINATION),
    ),
    row(
        "POST",
        "binomes.end",
        BINOME,
        data=VERSION | {"last_day": TODAY},
        allows={"coordinator": 303},
        refuses=but(CALLS_IN_ARLES, "coordinator"),
    ),
]

ABSENCES = [
    row("GET", "absences.index", allows=each(EVERYONE, 200)),
    row(
        "POST",
        "absences.create",
        data=away("referent"),
        state=with_binome,
        allows=each(REACHES_INES, 303),
        refuses=each([actor for actor in EVERYONE if actor not in REACHES_INES], 422),
    ),
    row(
        "POST",
        "absences.create",
        data=away("participant"),
        state=with_binome,
        allows=each(CADRE_OR_COORDINATION, 303),
        refuses=each([actor for actor in EVERYONE if actor not in CADRE_OR_COORDINATION], 422),
        note="of the cadre",
    ),
    row("POST", "absences.remove", ABSENCE, allows=each(REACHES_INES, 303)),
]

URGENCIES = [
    row("GET", "urgent.index", allows=each(EVERYONE, 200)),
    row("GET", "urgent.choose", allows=each(CALLS, 200)),
    row("GET", "urgent.new", BINOME, allows=each(CALLS_IN_ARLES, 200)),
    row("POST", "urgent.create", BINOME, data=URGENT, allows=each(CALLS_IN_ARLES, 303)),
    row(
        "POST",
        "urgent.create",
        BINOME,
        data=urgent_about_dossier,
        allows={"referent": 303},
        refuses=each([actor for actor in CALLS_IN_ARLES if actor != "referent"], 422),
        note="about a dossier",
    ),
    row("GET", "urgent.show", REQUEST, allows=each(SEES_REQUEST, 200)),
    row(
        "POST",
        "urgent.take",
        REQUEST,
        allows=each(REACHES_INES, 303),
        refuses={"referent_other": 403},
    ),
    row("POST", "urgent.pass_on", REQUEST, allows=each(SEES_REQUEST, 303)),
    row(
        "POST",
        "urgent.answer",
        TAKEN,
        data={"answer": "Une chambre ce soir"},
        allows={"referent": 303},
        refuses=but(SEES_REQUEST, "referent"),
    ),
    row(
        "POST",
        "urgent.close",
        REQUEST,
        allows={"referent_other": 303, "coordinator": 303},
        refuses={"referent": 403, "participant": 403},
    ),
    row(
        "POST",
        "urgent.close",
        TAKEN,
        allows={"referent_other": 303, "coordinator": 303, "referent": 303},
        refuses={"participant": 403},
        note="taken up",
    ),
]

ROWS = [*DIRECTORY, *ABSENCES, *URGENCIES]
