"""Rights on the pairs, absences and urgent requests."""

from datetime import timedelta

from commission_app.binomes.absences.policies import reachable_people, visible_absences
from commission_app.binomes.models import UrgentRelay, UrgentRequest
from commission_app.binomes.policies import (
    can_edit_competences,
    can_manage_binomes,
    visible_binomes,
)
from commission_app.binomes.states import UrgentLevel
from commission_app.binomes.urgent.policies import (
    can_answer_request,
    can_ask_urgently,
    can_close_request,
    can_pass_on_request,
    can_take_request,
    coordinates_request,
    requests_concerning,
    visible_requests,
)
from commission_app.core import clock
from commission_app.core.db import db
from tests.factories import make_binome, make_structure, make_user
from tests.security.rights_table import fact, right, scope

COORDINATION = {"coordinator", "two_places", "all_here"}
OF_ARLES = {
    "referent", "referent_other", "participant", "facilitator", "both", "moved", "closed", *COORDINATION,
}  # fmt: skip


def past_pair(world):
    """A pair of Arles that ended: « nobody » was its cadre, and leads nobody any more."""
    house = make_structure("Ancienne maison", world.arles)
    found = make_binome(world.arles, house, world["nobody"], make_user("Partie", structure=house))
    found.starts_on = clock.today() - timedelta(days=30)
    found.ends_on = clock.today() - timedelta(days=1)
    return found


def pair_of_two(world):
    """Yves and Émile are a pair of Arles, Yves its cadre."""
    people = world["referent_other"], world["referent_elsewhere"]
    return make_binome(world.arles, make_structure("Maison", world.arles), *people)


def empty_pair(world):
    """A pair of Arles of which nobody is named."""
    return make_binome(world.arles, make_structure("Maison vide", world.arles))


def request_to_two(world):
    """Inès calls the pair of two; Régis was asked next, Solal took it up."""
    found = UrgentRequest(
        territory_id=world.arles.id, binome_id=world["pair_of_two"].id, author_id=world["referent"].id,
        title="Aide", text="Vite", delay_minutes=60, taken_by_id=world["coordinator_elsewhere"].id,
    )  # fmt: skip
    db.session.add(found)
    db.session.flush()
    asked = {"level": UrgentLevel.CADRE, "asked_id": world["pilot"].id}
    db.session.add(UrgentRelay(request_id=found.id, position=1, **asked))
    db.session.flush()
    db.session.refresh(found)
    return found


def called_themselves(world):
    """The coordination calls a pair: who asks never takes the own request up."""
    found = UrgentRequest(
        territory_id=world.arles.id, binome_id=world["pair_of_two"].id, author_id=world["coordinator"].id,
        title="Aide", text="Vite", delay_minutes=60,
    )  # fmt: skip
    db.session.add(found)
    return found


def people_reached(world):
    """Whom the coordinator reaches who leads no structure: the pairs of Arles and the own person."""
    names = ("coordinator", "referent_other", "referent_elsewhere", "nobody", "pilot", "administrator")
    rows = set(db.session.scalars(reachable_people(world["two_places"])).unique())
    return {name for name in names if world[name] in rows}


OBJECTS = {
    "past_pair": past_pair,
    "pair_of_two": pair_of_two,
    "empty_pair": empty_pair,
    "request_to_two": request_to_two,
    "called_themselves": called_themselves,
}

RIGHTS = [
    scope(visible_binomes, "binome", yes=OF_ARLES),
    scope(visible_binomes, "past_pair", yes=OF_ARLES),
    right(can_manage_binomes, "arles.id", yes=COORDINATION),
    right(can_edit_competences, "binome", yes={"participant", *COORDINATION}),
    scope(reachable_people, "somebody", yes={"participant", *COORDINATION}),
    scope(reachable_people, "participant", yes={"participant", *COORDINATION}),
    scope(reachable_people, "referent_other", yes={"referent_other", "facilitator", *COORDINATION}),
    scope(reachable_people, "nobody", yes={"nobody"}, note="of a pair that ended"),
    scope(reachable_people, "closed", note="closed account"),
    scope(reachable_people, "pilot", yes={"pilot"}),
    fact(
        reachable_people,
        lambda w: people_reached(w) == {"referent_other", "referent_elsewhere"},
        note="pairs",
    ),
    scope(visible_absences, "absence", yes={"participant", *COORDINATION}),
    right(can_ask_urgently, "binome", yes=OF_ARLES),
    right(
        can_take_request,
        "request_to_two",
        yes={"pilot", "referent_other", "referent_elsewhere", *COORDINATION},
    ),
    right(
        can_take_request,
        "called_themselves",
        yes={"referent_other", "referent_elsewhere", "two_places", "all_here"},
        note="never the author",
    ),
    right(can_answer_request, "request_to_two", yes={"coordinator_elsewhere"}),
    right(
        can_pass_on_request,
        "request_to_two",
        yes={"referent", "pilot", "referent_other", "referent_elsewhere", *COORDINATION},
    ),
    right(can_close_request, "request_to_two", yes={"referent", "coordinator_elsewhere", *COORDINATION}),
    right(coordinates_request, "request_to_two", yes=COORDINATION),
    scope(
        visible_requests,
        "request_to_two",
        yes={"referent", "pilot", "referent_other", "referent_elsewhere", *COORDINATION},
    ),
    fact(
        requests_concerning,
        lambda w: w["request_to_two"] in set(db.session.scalars(requests_concerning(w["pilot"].id, []))),
        note="asked, coordinating nothing",
    ),
]
