"""A day of commission under way, for the rows about it: its people, its objects, its states."""

from datetime import timedelta

from flask import current_app

from commission_app.core import clock
from commission_app.core.db import db
from commission_app.core.tokens import hashed
from commission_app.sessions.agenda.models import AgendaItem
from commission_app.sessions.convening.models import Invitation
from commission_app.sessions.day.arrivals.codes import code_of
from commission_app.sessions.day.models import Attendance, ParkedIdea, ScreenLink, SpeakRequest
from commission_app.sessions.day.notes.queries import print_of
from commission_app.sessions.decisions.models import Decision, DecisionDraft
from commission_app.sessions.decisions.register import digest_of, first_digest
from commission_app.sessions.states import DecisionKind, ItemState, ParkedKind, SessionState
from tests.factories import make_invitation, make_item, make_session, make_user

DAY = {"session_id": "live_day"}
READY = {"session_id": "ready_day"}
POINT = {**DAY, "item_id": "live_point"}
NEXT = {**DAY, "item_id": "next_point"}
DRAFT = {**DAY, "draft_id": "live_draft"}
DECISION = {**DAY, "decision_id": "live_decision"}
HAND = {**DAY, "hand_id": "live_hand"}
IDEA = {**DAY, "idea_id": "live_idea"}
GUEST = {**DAY, "user_id": "guest"}
POINT_OF_ANOTHER = {**DAY, "item_id": "item"}
RUNS = {"facilitator": 200}
ACTS = {"facilitator": 303}
FLOORLESS = {"facilitator": 403}
INVITED = ("participant", "facilitator")
FOLLOWERS = ("referent", "coordinator", "participant", "facilitator")
EQUIPS = ("coordinator", "facilitator")
TELLERS = ("referent", "coordinator", "facilitator")
PLAIN = {"text": "Un foyer peut vous recevoir lundi.", "version": "0"}
TAKES = {"kind": "taken"}
SOLVES = {"kind": "solution"}
TEXT = {"text": "Une place se libère au foyer."}
IDEA_TEXT = {"kind": "to_model", "text": "Un guichet commun"}
WORDS = {"version": "0", "kind": "solution", "text": "Le foyer reçoit la personne lundi."}


def ready_day(world):
    """A day convened, run by the facilitator and a colleague; the coordination does not run it."""
    people = world.actors
    day = make_session(world.arles, people["facilitator"], make_user("Salomé", structure=world.structure))
    for name in ("facilitator", "participant"):
        make_invitation(day, people[name])
    moment = clock.now()
    ended = {"started_at": moment - timedelta(hours=1), "ended_at": moment}
    make_item(day, title="Nouvelles", position=1, state=ItemState.DONE, **ended)
    make_item(day, dossier=world["dossier"], presenter=people["referent"], position=2)
    make_item(day, title="Une offre", position=3)
    return day


def live_day(world):
    """The same, under way at its second point; the facilitator holds the floor."""
    day = ready_day(world)
    day.state, day.started_at = SessionState.LIVE, clock.now()
    day.floor_id = world.actors["facilitator"].id
    point = point_of(day, 2)
    point.state, point.started_at = ItemState.LIVE, clock.now()
    return day


def point_of(day, position):
    """A point of a day by its place."""
    return db.session.query(AgendaItem).filter_by(commission_session_id=day.id, position=position).one()


def live_draft(world):
    """A decision that the room reads."""
    return draft_on(world["live_point"], world)


def draft_on(item, world):
    """A decision read back on a point."""
    found = DecisionDraft(
        agenda_item_id=item.id,
        author_id=world.actors["facilitator"].id,
        text="Le foyer reçoit.",
        read_back_at=clock.now(),
    )
    db.session.add(found)
    return found


def live_decision(world):
    """A decision on the situation under way."""
    return decision_on(world["live_day"], world["live_point"], world)


def asked_to_tell(world):
    """The same, which the participant was asked to tell the person."""
    teller = world.actors["participant"].id
    return decision_on(world["live_day"], world["live_point"], world, teller_id=teller)


def decision_on(day, item, world, **values):
    """The first decision of a day."""
    found = Decision(
        commission_session_id=day.id,
        agenda_item_id=item.id,
        dossier_id=item.dossier_id,
        number=1,
        kind=DecisionKind.SOLUTION,
        text="Le foyer reçoit.",
        decided_at=clock.now(),
        decided_by_id=world.actors["facilitator"].id,
        present=[],
        agreed_count=0,
        reservations=[],
        previous_digest=first_digest(day.id),
        **values,
    )
    found.digest = digest_of(found)
    db.session.add(found)
    return found


def hand_in(name):
    """The participant asks to speak on a day."""

    def make(world):
        found = SpeakRequest(commission_session_id=world[name].id, user_id=world.actors["participant"].id)
        db.session.add(found)
        return found

    return make


def idea_in(name):
    """The participant proposed a solution on a day."""

    def make(world):
        author = world.actors["participant"].id
        found = ParkedIdea(
            commission_session_id=world[name].id, kind=ParkedKind.SOLUTION, text="Un lit", author_id=author
        )
        db.session.add(found)
        return found

    return make


def arrived(world):
    """The participant is there."""
    person = world.actors["participant"]
    there = {"user_id": person.id, "structure_id": person.structure_id}
    db.session.add(Attendance(commission_session_id=world["live_day"].id, **there))


def paused(world):
    """The clocks are stopped."""
    world["live_day"].paused_at = clock.now()


def without_floor(world):
    """The other facilitator leads."""
    day = world["live_day"]
    hugo = world.actors["facilitator"].id
    day.floor_id = next(one.user_id for one in day.facilitators if one.user_id != hugo)


def paused_without_floor(world):
    """The other facilitator leads and stopped the clocks."""
    without_floor(world)
    paused(world)


def read_back(world):
    """The room reads a decision."""
    assert world["live_draft"]


def read_back_without_floor(world):
    """The room reads a decision; the other facilitator leads."""
    read_back(world)
    without_floor(world)


def not_presenting(world):
    """Somebody else accompanies the person."""
    other = make_user("Maud", structure=world.structure)
    for name in ("dossier", "retained"):
        world[name].referent_id = other.id


def uninvited(world):
    """The participant's invitation was withdrawn."""
    found = db.session.query(Invitation).filter_by(
        commission_session_id=world["live_day"].id, user_id=world.actors["participant"].id
    )
    found.one().removed_at = clock.now()


def screen_of_room(world):
    """The room screen has its link."""
    made_by = world.actors["facilitator"].id
    day = world["live_day"].id
    db.session.add(
        ScreenLink(commission_session_id=day, token_hash=hashed("screen-token"), made_by_id=made_by)
    )


def withdrawn_screen(world):
    """The link of the room screen was withdrawn."""
    screen_of_room(world)
    db.session.flush()
    db.session.query(ScreenLink).one().revoked_at = clock.now()


def screen_of_a_day_over(world):
    """The day of the room screen was closed this morning."""
    screen_of_room(world)
    world["live_day"].state = SessionState.CLOSED
    world["live_day"].closed_at = clock.now() - timedelta(hours=2)


def seen(world):
    """The point that the page showed as current."""
    return {"seen": str(world["live_point"].id)}


def notes(world):
    """What a facilitator writes on the point under way."""
    return {"text": "La situation est comprise.", "seen": print_of(world["live_point"].notes)}


def recorded(world):
    """The draft that the room has read."""
    return {"draft_id": str(world["live_draft"].id), "version": str(world["live_draft"].version)}


def code(world):
    """What the room screen shows of the day under way."""
    return code_of(str(current_app.secret_key), world["live_day"].id, clock.now())


def closed(world):
    """The day has ended."""
    day = world["live_day"]
    world["live_point"].state = ItemState.DONE
    day.state, day.closed_at = SessionState.CLOSED, clock.now()


def told(world):
    """Something was decided on the situation under way."""
    assert world["live_decision"]


OBJECTS = {
    "arrival_code": code,
    "ready_day": ready_day,
    "live_day": live_day,
    "live_point": lambda world: point_of(world["live_day"], 2),
    "next_point": lambda world: point_of(world["live_day"], 3),
    "live_draft": live_draft,
    "draft_of_another": lambda world: draft_on(world["item"], world),
    "live_decision": live_decision,
    "asked_to_tell": asked_to_tell,
    "decision_of_another": lambda world: decision_on(world["day"], world["item"], world),
    "live_hand": hand_in("live_day"),
    "hand_of_another": hand_in("day"),
    "live_idea": idea_in("live_day"),
    "idea_of_another": idea_in("day"),
    "guest": lambda world: world.actors["participant"],
}
