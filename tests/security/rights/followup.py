"""Rights on actions and remontées."""

from datetime import timedelta

from sqlalchemy import select

from commission_app.core import clock
from commission_app.core.db import db
from commission_app.followup.models import Action, ActionFollower
from commission_app.followup.policies import (
    can_compare_territories,
    can_create_action,
    can_follow_action,
    can_remind,
    followed,
    hands_of,
    reads_whole,
    visible_actions,
    visible_actions_on,
)
from commission_app.followup.remontees.policies import (
    can_answer_remontee,
    can_send_remontee,
    piloting,
    visible_remontees,
)
from tests.security.rights_table import fact, right, scope

COORDINATION = {"coordinator", "two_places", "all_here"}
READS = {
    "referent", "referent_other", "participant", "facilitator", "both", "moved", "closed", "pilot",
    "pilot_here", *COORDINATION,
}  # fmt: skip
PILOTS = ("pilot", "pilot_here", "pilot_elsewhere", "closed", "administrator", "coordinator", "participant")


def action(place, **people):
    """An action of a structure where nobody of the table works; owner, author and followers by name."""

    def make(world):
        house = world[people["structure"]] if "structure" in people else world["far_house"]
        found = Action(territory=world[place], structure=house, title="Appeler", search="appeler")
        found.due_on = clock.today() + timedelta(days=3)
        for role in {"owner", "author"} & set(people):
            setattr(found, f"{role}_id", world[people[role]].id)
        db.session.add(found)
        db.session.flush()
        for name in people.get("followers", ()):
            db.session.add(ActionFollower(action_id=found.id, user_id=world[name].id))
        db.session.flush()
        db.session.refresh(found)
        return found

    return make


def follows(actor, found):
    """Whether the criterion of lists lets somebody follow an action."""
    query = select(Action.id).where(followed(**hands_of(actor)), Action.id == found.id)
    return db.session.scalar(query) is not None


follows.__module__ = followed.__module__


def pilots_of(world):
    """The names of who pilots Arles."""
    rows = set(db.session.scalars(piloting(world.arles.id)).unique())
    return {name for name in PILOTS if world[name] in rows}


OBJECTS = {
    "far_house": lambda world: world["pair_of_two"].structure,
    "bare_action": action("arles"),
    "action_of_house": action("arles", structure="structure"),
    "owned_action": action("aix", owner="nobody"),
    "followed_action": action("aix", followers=("nobody",)),
    "written_action": action("arles", author="facilitator"),
    "action_written_far": action("aix", author="participant"),
}
OWNS = {"nobody", "coordinator_elsewhere", "both", "two_places"}
IN_THE_HOUSE = {"referent", "participant", "both", *COORDINATION}

RIGHTS = [
    right(can_create_action, "arles.id", yes=COORDINATION),
    right(can_remind, "arles.id", yes=COORDINATION),
    right(can_follow_action, "bare_action", yes=COORDINATION),
    right(can_follow_action, "action_of_house", yes=IN_THE_HOUSE),
    right(can_follow_action, "owned_action", yes=OWNS),
    right(can_follow_action, "followed_action", yes=OWNS),
    right(can_follow_action, "written_action", yes={"facilitator", *COORDINATION}),
    right(can_follow_action, "action_written_far", yes={"coordinator_elsewhere", "both", "two_places"}),
    right(follows, "bare_action", yes=COORDINATION),
    right(follows, "action_of_house", yes=IN_THE_HOUSE),
    right(follows, "owned_action", yes=OWNS),
    right(follows, "followed_action", yes=OWNS),
    right(follows, "written_action", yes={"facilitator", *COORDINATION}),
    right(follows, "action_written_far", yes={"coordinator_elsewhere", "both", "two_places"}),
    right(can_compare_territories, yes={"pilot", "two_places"}),
    scope(visible_actions, "bare_action", yes=READS),
    scope(
        visible_actions,
        "owned_action",
        yes={
            "nobody", "pilot", "coordinator_elsewhere", "both", "two_places", "referent_elsewhere",
            "participant_elsewhere", "pilot_elsewhere", "moved",
        },
    ),
    scope(
        visible_actions,
        "followed_action",
        yes={
            "nobody", "pilot", "coordinator_elsewhere", "both", "two_places", "referent_elsewhere",
            "participant_elsewhere", "pilot_elsewhere", "moved",
        },
    ),
    scope(visible_actions_on, "bare_action", "arles.id", yes=READS),
    scope(visible_actions_on, "bare_action", "aix.id", note="another territory"),
    scope(
        visible_actions_on,
        "owned_action",
        "aix.id",
        yes={
            "nobody", "pilot", "coordinator_elsewhere", "both", "two_places", "referent_elsewhere",
            "participant_elsewhere", "pilot_elsewhere", "moved",
        },
    ),
    scope(visible_actions_on, "owned_action", "arles.id", note="another territory"),
    right(reads_whole, "arles.id", yes=READS),
    scope(visible_remontees, "remontee", yes=READS),
    right(can_answer_remontee, yes={"pilot"}),
    right(can_send_remontee, yes={"coordinator_elsewhere", "both", *COORDINATION}),
    fact(piloting, lambda w: pilots_of(w) == {"pilot", "pilot_here"}, note="Arles"),
]  # fmt: skip
