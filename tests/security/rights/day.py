"""Rights on the live day, its decisions, what is told, its minutes."""

from typing import Any

from commission_app.core import clock
from commission_app.core.db import db
from commission_app.sessions.day.policies import (
    can_follow_day,
    can_run_day,
    can_take_part,
    holds_floor,
    is_expected,
)
from commission_app.sessions.decisions.models import Decision
from commission_app.sessions.decisions.paper.policies import can_enter_paper
from commission_app.sessions.decisions.policies import (
    can_read_decision,
    can_record_decision,
    can_take_stance,
    can_tell,
    can_write_draft,
    keeps_decision,
)
from commission_app.sessions.decisions.register import digest_of, first_digest
from commission_app.sessions.decisions.telling.policies import can_word_decision
from commission_app.sessions.minutes.models import Minutes
from commission_app.sessions.minutes.policies import (
    can_read_minutes,
    can_read_own_extract,
    can_validate_minutes,
    can_write_minutes,
)
from commission_app.sessions.states import DecisionKind, MinutesState
from tests.factories import make_session
from tests.security.rights.sessions import PREPARE, PRESENT, RUN
from tests.security.rights_table import PEOPLE, right

FOLLOW = {*PREPARE, *RUN, *PRESENT, "participant"}
PILOTS = {"pilot", "pilot_elsewhere"}


def floor(holder):
    """A day of Aix run by « nobody » and Hugo, led by somebody."""

    def make(world):
        day = make_session(world.aix, world["nobody"], world["facilitator"])
        day.floor_id = world[holder].id
        return day

    return make


def decided(item, number, *, about=""):
    """A decision of the far day that « pilot_here » is to tell, about its point's dossier or another."""

    def make(world):
        point = world[item]
        dossier_id = world[about].id if about else point.dossier_id
        found = Decision(
            commission_session_id=point.commission_session_id, agenda_item_id=point.id,
            dossier_id=dossier_id, number=number, kind=DecisionKind.SOLUTION, text="Le foyer reçoit.",
            decided_at=clock.now(), decided_by_id=world["facilitator"].id, present=[], agreed_count=0,
            reservations=[], teller_id=world["pilot_here"].id,
            previous_digest=first_digest(point.commission_session_id),
        )  # fmt: skip
        found.digest = digest_of(found)
        db.session.add(found)
        db.session.flush()
        db.session.refresh(found)
        return found

    return make


def minutes(day, state=MinutesState.DRAFT):
    """The minutes of a day, as its policy sees them."""
    return lambda world: Minutes(commission_session=world[day], state=state)


def expected(actor, day):
    """Whether somebody is expected on a day."""
    return is_expected(actor.id, day.id)


expected.__module__ = is_expected.__module__

OBJECTS: dict[str, Any] = {
    "free_floor": lambda world: make_session(world.aix, world["nobody"], world["facilitator"]),
    "floor_of_one": floor("nobody"),
    "floor_of_a_stranger": floor("referent"),
    "far_decision": decided("far_item", 1),
    "far_decision_on_news": decided("far_news", 2),
    "far_decision_withdrawn": decided("withdrawn_point", 3),
    "far_decision_erased": decided("far_item", 4, about="erased"),
    "far_minutes": minutes("far_day"),
    "far_minutes_valid": minutes("far_day", MinutesState.VALIDATED),
    "shared_minutes": minutes("shared_day", MinutesState.VALIDATED),
    "lone_minutes": minutes("lone_day", MinutesState.VALIDATED),
}

RIGHTS = [
    right(can_run_day, "far_day", yes=RUN),
    right(holds_floor, "free_floor", yes=RUN),
    right(holds_floor, "floor_of_one", yes={"nobody"}),
    right(holds_floor, "floor_of_a_stranger"),
    right(can_follow_day, "far_day", yes=FOLLOW),
    right(expected, "far_day", yes={*PRESENT, "participant"}),
    right(expected, "lone_day"),
    right(can_take_part, "far_day", yes=FOLLOW),
    right(can_enter_paper, "far_day", yes={*PREPARE, *RUN}),
    right(can_write_draft, "far_day", yes=RUN),
    right(can_record_decision, "floor_of_one", yes={"nobody"}),
    right(can_take_stance, "far_day", yes=FOLLOW),
    right(can_tell, "far_decision", yes={"pilot_here", "referent", *RUN, *PREPARE}),
    right(keeps_decision, "far_decision", yes=PEOPLE),
    right(keeps_decision, "far_decision_on_news", yes=PEOPLE),
    right(
        keeps_decision,
        "far_decision_withdrawn",
        yes={"coordinator_elsewhere", "both", "two_places", "referent_elsewhere"},
    ),
    right(
        can_read_decision, "far_decision", "agreed", yes={*PREPARE, "referent", "participant", "facilitator"}
    ),
    right(can_read_decision, "far_decision", "ended_agreement"),
    right(can_read_decision, "far_decision_on_news", None, yes=FOLLOW),
    right(can_word_decision, "far_decision", yes={"pilot_here", "referent", *RUN, *PREPARE}),
    right(can_word_decision, "far_decision_on_news"),
    right(can_word_decision, "far_decision_erased"),
    right(can_validate_minutes, "far_day", yes=RUN),
    right(can_write_minutes, "far_minutes", yes={*PREPARE, *RUN}),
    right(can_write_minutes, "far_minutes_valid"),
    right(can_read_minutes, "far_minutes", yes={*PREPARE, *RUN}),
    right(can_read_minutes, "far_minutes_valid", yes={*PREPARE, *RUN, *PILOTS, "participant"}),
    right(
        can_read_minutes,
        "shared_minutes",
        yes={"coordinator", "all_here", "pilot_here", "closed", *PREPARE, *PILOTS},
    ),
    right(
        can_read_minutes,
        "lone_minutes",
        yes={"coordinator", "two_places", "all_here", "pilot", "pilot_here", "closed"},
    ),
    right(can_read_own_extract, "far_minutes", yes={"nobody"}),
    right(can_read_own_extract, "far_minutes_valid", yes=PRESENT),
]
