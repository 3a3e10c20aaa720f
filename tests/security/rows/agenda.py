"""Addresses of the agenda of a day, and of its minutes."""

from datetime import timedelta

from commission_app.core import clock
from commission_app.core.db import db
from commission_app.followup.models import Action
from commission_app.sessions.agenda.models import AgendaProposal
from commission_app.sessions.agenda.preview import preview_of
from commission_app.sessions.agenda.publication.services import publish_agenda
from commission_app.sessions.minutes.models import Minutes
from commission_app.sessions.states import ItemKind, ItemState, MinutesState, SessionState
from tests.factories import make_invitation, make_item, make_session
from tests.security.matrix import each, row

DAY = {"session_id": "day"}
NEWS = {**DAY, "item_id": "news"}
POINT = {**DAY, "item_id": "item"}
HELD = {"session_id": "held"}
SEEN = {"session_id": "held", "item_id": "seen_point"}
RUNS = ("coordinator", "facilitator")
COMPOSES = {"coordinator": 200}
ACTS = {"coordinator": 303}
OF_AGENDA = each(("referent", "coordinator", "participant", "facilitator"), 200)
READERS = each(("coordinator", "participant", "facilitator"), 200)
PROPOSERS = ("referent", "referent_other", "coordinator", "participant", "facilitator")
FREE_POINT = {"kind": "news", "title": "Actualité", "minutes": "20"}
PROPOSAL = {"kind": "offer", "title": "Atelier", "text": "", "minutes": "20"}


def proposal(world):
    """What the participant proposed."""
    found = AgendaProposal(
        territory_id=world.arles.id, author=world.actors["participant"], kind=ItemKind.OFFER, title="Atelier"
    )
    db.session.add(found)
    return found


def open_action(world):
    """An action to follow up."""
    due = clock.today() + timedelta(days=30)
    found = Action(territory_id=world.arles.id, structure=world.structure, title="Appeler", due_on=due)
    db.session.add(found)
    return found


def topic(world):
    """A point that an earlier session left open."""
    earlier = clock.now() - timedelta(days=90)
    past = make_session(world.arles, state=SessionState.CLOSED, starts_at=earlier)
    return make_item(past, title="À suivre", state=ItemState.POSTPONED)


def held(world):
    """A day that is over, with its minutes."""
    day = make_session(
        world.arles, world.actors["facilitator"], world.actors["coordinator"], state=SessionState.CLOSED
    )
    make_invitation(day, world.actors["participant"])
    make_item(day, dossier=world["dossier"], presenter=world.actors["referent"], state=ItemState.DONE)
    db.session.add(Minutes(commission_session=day))
    return day


def too_long(world):
    """The day has more points than hours."""
    make_item(world["day"], ItemKind.MODEL, title="Modèle", planned_minutes=240)
    make_item(world["day"], ItemKind.OFFER, title="Offre", planned_minutes=300)


def published(world):
    """Version 1 of the agenda is out."""
    publish_agenda(world.actors["coordinator"], world["day"], after=0)


def validated(world):
    """Both facilitators have validated the minutes."""
    minutes = db.session.query(Minutes).filter_by(commission_session_id=world["held"].id).one()
    minutes.state = MinutesState.VALIDATED


def with_next_day(world):
    """Another session is on the calendar."""
    assert world["next_day"]


def next_day(world):
    """The session at which a point is seen again."""
    return {"to": str(world["next_day"].id)}


def stamp(world):
    """The stamp of the present proposal of the assistant."""
    preview = preview_of(world["day"])
    return {"stamp": preview.stamp if preview else ""}


OBJECTS = {
    "point_proposal": proposal,
    "open_action": open_action,
    "topic": topic,
    "held": held,
    "seen_point": lambda world: make_item(world["held"], title="Une offre", state=ItemState.DONE),
    "next_day": lambda world: make_session(world.arles, starts_at=clock.now() + timedelta(days=100)),
    "bare_day": lambda world: make_session(world.arles),
}

ROWS = [
    row("GET", "agenda.compose", DAY, allows=COMPOSES),
    row("POST", "agenda.start", {"session_id": "bare_day"}, allows=ACTS),
    row("POST", "agenda.add_dossier", {**DAY, "dossier_id": "retained"}, allows=ACTS),
    row("POST", "agenda.add_proposal", {**DAY, "proposal_id": "point_proposal"}, allows=ACTS),
    row("POST", "agenda.add_action", {**DAY, "action_id": "open_action"}, allows=ACTS),
    row("POST", "agenda.add_topic", {**DAY, "item_id": "topic"}, allows=ACTS),
    row("POST", "agenda.add_point", DAY, data=FREE_POINT, allows=ACTS),
    row("POST", "agenda.move", NEWS, data={"to": "0", "version": "1"}, allows=ACTS),
    row("POST", "agenda.resize", NEWS, data={"minutes": "25", "version": "1"}, allows=ACTS),
    row("POST", "agenda.remove", NEWS, data={"version": "1"}, allows=ACTS),
    row("POST", "agenda.recur", NEWS, data={"recurring": "1"}, allows=ACTS),
    row("GET", "agenda.choose_review", SEEN, allows=each(RUNS, 200)),
    row("GET", "agenda.choose_review", NEWS, note="not seen yet"),
    row("POST", "agenda.see_again", SEEN, data=next_day, allows=each(RUNS, 303), state=with_next_day),
    row("POST", "agenda.keep", SEEN, data={"recurring": "y"}, allows=each(RUNS, 303)),
    row("GET", "agenda.suggestion", DAY, allows=COMPOSES, state=too_long),
    row("POST", "agenda.arrange", DAY, data=stamp, allows=ACTS, state=too_long),
    row("GET", "agenda.review", DAY, allows=COMPOSES),
    row("POST", "agenda.publish", DAY, data={"after": "0"}, allows=ACTS),
    row("GET", "agenda.show", DAY, allows=OF_AGENDA),
    row("GET", "agenda.show", DAY, allows=OF_AGENDA, state=published, note="published"),
    row("GET", "agenda.pdf", DAY, allows=OF_AGENDA, state=published),
    row("GET", "agenda.pack", DAY, allows=each(("coordinator", "facilitator"), 200)),
    row("GET", "agenda.presentation", POINT, allows=OF_AGENDA, state=published),
    row(
        "GET",
        "agenda.presentation",
        POINT,
        allows=each(("referent", "coordinator", "facilitator"), 200),
        note="not published",
    ),
    row(
        "POST",
        "agenda.opinion",
        POINT,
        data={"text": "Un logement est libre."},
        allows=each(("participant", "facilitator"), 303),
        refuses=each(("referent", "coordinator"), 403),
        state=published,
    ),
    row("GET", "agenda.proposals", DAY, allows=each(PROPOSERS, 200)),
    row("POST", "agenda.propose", DAY, data=PROPOSAL, allows=each(PROPOSERS, 303)),
    row(
        "POST",
        "agenda.decline",
        {**DAY, "proposal_id": "point_proposal"},
        allows=each(("coordinator", "participant"), 303),
    ),
    row("GET", "minutes.show", HELD, allows=each(("coordinator", "facilitator"), 200), note="draft"),
    row("GET", "minutes.show", HELD, allows={**READERS, "pilot": 200}, state=validated),
    row("GET", "minutes.pdf", HELD, allows={**READERS, "pilot": 200}, state=validated),
    row("GET", "minutes.docx", HELD, allows={**READERS, "pilot": 200}, state=validated),
    row(
        "POST",
        "minutes.introduce",
        HELD,
        data={"introduction": "Une journée dense.", "version": "1"},
        allows=each(("coordinator", "facilitator"), 303),
    ),
    row(
        "POST",
        "minutes.validate",
        HELD,
        data={"version": "1"},
        allows=each(("coordinator", "facilitator"), 303),
    ),
    row("GET", "minutes.extract", HELD, allows={"referent": 200}, state=validated),
]
