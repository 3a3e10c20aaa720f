"""Addresses of the live day: who runs it, who follows it, who decides, what the room screen shows."""

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
from tests.security.matrix import ACTORS, each, row

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

PAGES = [
    row("GET", "day.desk", DAY, allows=RUNS),
    row("GET", "day.live", DAY, allows=each(FOLLOWERS, 200)),
    row(
        "GET",
        "day.live",
        DAY,
        allows=each(("coordinator", "participant", "facilitator"), 200),
        state=not_presenting,
        note="not presenting",
    ),
    row(
        "GET",
        "day.live",
        DAY,
        allows=each(("referent", "coordinator", "facilitator"), 200),
        state=uninvited,
        note="invitation withdrawn",
    ),
    row(
        "GET",
        "day.live",
        {"session_id": "day_elsewhere"},
        allows={"coordinator_elsewhere": 200},
        note="elsewhere",
    ),
    row("GET", "day.arrivals.confirm", {"token": "arrival_code"}, allows=each(INVITED, 200)),
    row("POST", "day.arrivals.arrive", {"token": "arrival_code"}, allows=each(INVITED, 303)),
    row(
        "POST",
        "day.arrivals.leave",
        DAY,
        allows={"participant": 303},
        refuses=each(("referent", "coordinator", "facilitator"), 409),
        state=arrived,
    ),
    row("POST", "day.rating.rate", DAY, data={"useful": "yes"}, allows=each(FOLLOWERS, 303), state=closed),
    row("GET", "day.coming_back.show", DAY, allows=each(FOLLOWERS, 303)),
    row("GET", "day.room.attendance", DAY, allows=RUNS),
    row("GET", "day.postpone", DAY, allows=RUNS),
    row("GET", "day.close", DAY, allows=RUNS),
]

SCREEN = [
    row("GET", "day.room.screen_links", DAY, allows=each(EQUIPS, 200)),
    row("POST", "day.room.create_screen_link", DAY, allows=each(EQUIPS, 200)),
    row("POST", "day.room.revoke_screen_links", DAY, allows=each(EQUIPS, 303), state=screen_of_room),
    row(
        "GET",
        "day.screen",
        {"token": "screen-token"},
        allows=each(ACTORS, 303),
        public=True,
        state=screen_of_room,
    ),
    row(
        "GET",
        "day.screen",
        {"token": "screen-token"},
        allows=each(ACTORS, 404),
        public=True,
        state=withdrawn_screen,
        note="withdrawn",
    ),
    row("GET", "day.screen", {"token": "nothing"}, allows=each(ACTORS, 404), public=True, note="unknown"),
    row(
        "GET",
        "day.show_screen",
        allows=each(ACTORS, 404),
        public=True,
        state=screen_of_room,
        note="not the device of the link",
    ),
    row(
        "GET",
        "day.show_screen",
        allows=each(ACTORS, 200),
        public=True,
        cookie=("screen", "screen-token"),
        shows=("texte arles",),
        state=screen_of_room,
        note="the device of the link",
    ),
    row(
        "GET",
        "day.show_screen",
        allows=each(ACTORS, 404),
        public=True,
        cookie=("screen", "screen-token"),
        state=withdrawn_screen,
        note="the device of a link withdrawn",
    ),
    row(
        "GET",
        "day.show_screen",
        allows=each(ACTORS, 404),
        public=True,
        cookie=("screen", "screen-token"),
        state=screen_of_a_day_over,
        note="the device of a day over",
    ),
    row(
        "POST",
        "day.room.raise_hand",
        DAY,
        cookie=("screen", "screen-token"),
        allows=each(FOLLOWERS, 303),
        state=screen_of_room,
        note="the device of the screen writes nothing",
    ),
]

COURSE = [
    row("POST", "day.start", READY, allows=ACTS),
    row("POST", "day.go_on", DAY, data=seen, allows=ACTS),
    row("POST", "day.go_back", DAY, data=seen, allows=ACTS),
    row("POST", "day.open_point", NEXT, allows=ACTS),
    row("POST", "day.open_point", POINT_OF_ANOTHER, note="of another day"),
    row("POST", "day.pause", DAY, allows=ACTS),
    row("POST", "day.resume", DAY, allows=ACTS, state=paused),
    row("POST", "day.move_floor", DAY, data={"act": "give"}, allows=ACTS),
    row("POST", "day.move_floor", DAY, data={"act": "take"}, allows=ACTS, state=without_floor, note="taken"),
    row("POST", "day.postpone", DAY, data={"to": "", "reason": "Le temps a manqué"}, allows=ACTS),
    row("POST", "day.close", DAY, data={"undecided": "2"}, allows=ACTS),
    row("POST", "day.write_notes", POINT, data=notes, allows=ACTS),
    row("POST", "day.write_notes", POINT_OF_ANOTHER, data=notes, note="of another day"),
]

WITHOUT_FLOOR = [
    row("POST", endpoint, args, data=data, refuses=FLOORLESS, state=state, note="without the floor")
    for endpoint, args, data, state in (
        ("day.go_on", DAY, seen, without_floor),
        ("day.go_back", DAY, seen, without_floor),
        ("day.open_point", NEXT, None, without_floor),
        ("day.pause", DAY, None, without_floor),
        ("day.resume", DAY, None, paused_without_floor),
        ("day.move_floor", DAY, {"act": "give"}, without_floor),
        ("day.postpone", DAY, {"to": "", "reason": "Le temps a manqué"}, without_floor),
        ("day.close", DAY, {"undecided": "2"}, without_floor),
        ("decisions.create", POINT, recorded, read_back_without_floor),
    )
] + [
    row(
        "POST",
        "day.write_notes",
        POINT,
        data=notes,
        allows=ACTS,
        state=without_floor,
        note="without the floor",
    ),
    row(
        "POST",
        "decisions.write",
        POINT,
        data=WORDS,
        allows=ACTS,
        state=without_floor,
        note="without the floor",
    ),
]

ROOM = [
    row("POST", "day.room.raise_hand", DAY, allows=each(FOLLOWERS, 303)),
    row("POST", "day.room.lower_hand", DAY, allows=each(FOLLOWERS, 303)),
    row("POST", "day.room.give_floor", HAND, allows=ACTS),
    row("POST", "day.room.give_floor", {**DAY, "hand_id": "hand_of_another"}, note="of another day"),
    row("POST", "day.room.clear_hand", HAND, allows=ACTS),
    row("POST", "day.room.clear_hand", {**DAY, "hand_id": "hand_of_another"}, note="of another day"),
    row("POST", "day.room.check_in", GUEST, allows=ACTS),
    row("POST", "day.room.check_in", {**DAY, "user_id": "somebody"}, note="not invited"),
    row("POST", "day.room.check_out", GUEST, allows=ACTS, state=arrived),
    row("POST", "day.room.park", DAY, data=IDEA_TEXT, allows=ACTS),
    row("POST", "day.room.handle_idea", IDEA, allows=ACTS),
    row("POST", "day.room.handle_idea", {**DAY, "idea_id": "idea_of_another"}, note="of another day"),
    row("GET", "day.room.propose", {**DAY, **SOLVES}, allows=each(FOLLOWERS, 200)),
    row("POST", "day.room.propose", {**DAY, **SOLVES}, data=TEXT, allows=each(FOLLOWERS, 303)),
    row("GET", "day.room.propose", {**DAY, **TAKES}, allows=each(FOLLOWERS, 200), note="an action"),
    row(
        "POST", "day.room.propose", {**DAY, **TAKES}, data=TEXT, allows=each(FOLLOWERS, 303), note="an action"
    ),
    row("POST", "day.room.propose", {**DAY, "kind": "to_model"}, data=TEXT, note="the facilitators' own"),
]

DECISIONS = [
    row("POST", "decisions.write", POINT, data=WORDS, allows=ACTS),
    row("POST", "decisions.write", POINT_OF_ANOTHER, data=WORDS, note="of another day"),
    row("POST", "decisions.take_back", DRAFT, allows=ACTS),
    row("POST", "decisions.take_back", {**DAY, "draft_id": "draft_of_another"}, note="of another day"),
    row("POST", "decisions.drop", DRAFT, allows=ACTS),
    row("POST", "decisions.drop", {**DAY, "draft_id": "draft_of_another"}, note="of another day"),
    row("POST", "decisions.say", DRAFT, data={"stance": "agreed"}, allows=each(FOLLOWERS, 303)),
    row(
        "POST",
        "decisions.say",
        {**DAY, "draft_id": "draft_of_another"},
        data={"stance": "agreed"},
        note="of another day",
    ),
    row("POST", "decisions.create", POINT, data=recorded, allows=ACTS, state=read_back),
    row("POST", "decisions.correct", DECISION, allows=ACTS),
    row("POST", "decisions.correct", {**DAY, "decision_id": "decision_of_another"}, note="of another day"),
    row(
        "POST",
        "decisions.tell",
        DECISION,
        allows=each(TELLERS, 303),
        refuses={"participant": 403},
    ),
    row(
        "POST",
        "decisions.tell",
        {**DAY, "decision_id": "asked_to_tell"},
        allows=each(FOLLOWERS, 303),
        note="asked to tell",
    ),
    row("POST", "decisions.tell", {**DAY, "decision_id": "decision_of_another"}, note="of another day"),
]


def told(world):
    """Something was decided on the situation under way."""
    assert world["live_decision"]


TELLING = [
    row("GET", "telling.index", DAY, allows=each(TELLERS, 200), state=told),
    row("GET", "telling.index", DAY, note="nothing to tell"),
    row("GET", "telling.show", DECISION, allows=each(TELLERS, 200)),
    row("POST", "telling.write", DECISION, data=PLAIN, allows=each(TELLERS, 303)),
    row("GET", "telling.pdf", DECISION, allows=each(TELLERS, 200)),
    row(
        "GET",
        "telling.show",
        {**DAY, "decision_id": "asked_to_tell"},
        allows=each(FOLLOWERS, 200),
        note="asked to tell",
    ),
    row("GET", "telling.show", {**DAY, "decision_id": "decision_of_another"}, note="of another day"),
]

ROWS = [*TELLING, *PAGES, *SCREEN, *COURSE, *WITHOUT_FLOOR, *ROOM, *DECISIONS]
