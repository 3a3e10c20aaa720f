"""Addresses of the days of commission: the year, one day, the pair, the programme, convening, feeds."""

from datetime import timedelta

from commission_app.core import clock
from commission_app.core.db import db
from commission_app.core.tokens import hashed
from commission_app.sessions.calendar.feeds.services import renew_feed
from commission_app.sessions.calendar.models import CalendarFeed
from commission_app.sessions.calendar.services import lay_out_year
from tests.factories import make_binome
from tests.security.matrix import ACTORS, EVERYONE, each, row

DAY = {"session_id": "day"}
YEAR = {"year": str(clock.today().year + 1)}
INVITATION = {"session_id": "day", "invitation_id": "invitation"}
SEES_DAY = (
    "referent",
    "referent_other",
    "coordinator",
    "participant",
    "facilitator",
    "pilot",
    "administrator",
)
COORDINATORS = ("coordinator", "coordinator_elsewhere")
PREPARES = {"coordinator": 200}
ACTS = {"coordinator": 303}
MAY_NOT = each([actor for actor in SEES_DAY if actor != "coordinator"], 403)
IN_A_YEAR = (clock.today() + timedelta(days=365)).isoformat()
ANSWER = {"answer": "absent"}
PROGRAMME = {
    "version": "1", "starts": "09:00", "ends": "12:00", "lines-0-starts": "10:00", "lines-0-minutes": "30",
    "lines-0-kind": "news", "lines-0-title": "Actualité",
}  # fmt: skip
SESSION = {
    "version": "1", "title": "Session", "on": IN_A_YEAR, "starts": "09:00", "ends": "17:00", "place": "Arles",
    "access": "", "remote_link": "",
}  # fmt: skip


def drafted(world):
    """The next year is drafted on both territories."""
    for name, territory in (("coordinator", world.arles), ("coordinator_elsewhere", world.aix)):
        lay_out_year(world.actors[name], territory, year=int(YEAR["year"]))


def with_binomes(world):
    """The two who may run the day sit for two structures."""
    make_binome(world.arles, world.structure, world.actors["participant"])
    make_binome(world.arles, world.other_structure, world.actors["facilitator"])


def pair(world):
    """A pair of two structures."""
    people = world.actors
    return {"first": people["participant"].id, "second": people["facilitator"].id, "version": "1"}


def with_link(world):
    """The link of the mail is known."""
    world["invitation"].token_hash = hashed("answer-token")


def with_feeds(world):
    """The territory has a feed, and a person whose secret is known."""
    renew_feed(world.actors["coordinator"], world.arles)
    db.session.add(CalendarFeed(user_id=world.actors["participant"].id, token_hash=hashed("feed-token")))


def of_arles(world):
    """The feed of the territory."""
    return {"territory": world.arles.id}


ROWS = [
    row("GET", "sessions.index", allows=each(EVERYONE, 200)),
    row("GET", "sessions.show", DAY, allows=each(SEES_DAY, 200)),
    row("GET", "sessions.edit", DAY, allows=PREPARES),
    row("POST", "sessions.save", DAY, data=SESSION, allows=ACTS),
    row("GET", "sessions.confirm_cancel", DAY, allows=PREPARES),
    row("POST", "sessions.cancel", DAY, data={"version": "1", "reason": "Grève"}, allows=ACTS),
    row("GET", "year.show", YEAR, allows=each(COORDINATORS, 200)),
    row("POST", "year.lay_out", YEAR, allows=each(COORDINATORS, 303)),
    row("POST", "year.add", YEAR, data={"on": IN_A_YEAR}, allows=each(COORDINATORS, 303)),
    row("GET", "year.review", YEAR, allows=each(COORDINATORS, 200)),
    row("POST", "year.publish", YEAR, allows=each(COORDINATORS, 303), state=drafted),
    row("GET", "year.move", DAY, allows=PREPARES),
    row("POST", "year.move", DAY, data={"version": "1", "on": IN_A_YEAR}, allows=ACTS),
    row("GET", "facilitation.show", DAY, allows=each(SEES_DAY, 200)),
    row("POST", "facilitation.assign", DAY, data=pair, allows=ACTS, refuses=MAY_NOT, state=with_binomes),
    row("GET", "programme.show_template", allows=each(COORDINATORS, 200)),
    row("POST", "programme.write_template", data=PROGRAMME, allows=each(COORDINATORS, 303)),
    row("GET", "programme.show", DAY, allows=PREPARES),
    row("POST", "programme.write", DAY, data=PROGRAMME, allows=ACTS),
    row("GET", "convening.show", DAY, allows={"coordinator": 200, "facilitator": 200}),
    row("GET", "convening.review", DAY, allows=PREPARES),
    row("POST", "convening.send", DAY, allows=ACTS, refuses=MAY_NOT),
    row("POST", "convening.send_again", DAY, allows=ACTS, refuses=MAY_NOT),
    row("POST", "convening.remove", INVITATION, allows=ACTS, refuses={"participant": 403}),
    row("GET", "convening.answer", DAY, allows={"participant": 200, "facilitator": 200}),
    row("POST", "convening.answer", DAY, data=ANSWER, allows={"participant": 303, "facilitator": 303}),
    row("GET", "convening.answer_for", INVITATION, allows={"coordinator": 200, "participant": 200}),
    row(
        "POST",
        "convening.answer_for",
        INVITATION,
        data=ANSWER,
        allows={"coordinator": 303, "participant": 303},
    ),
    row(
        "GET",
        "convening.show_link",
        {"token": "answer-token"},
        allows=each(ACTORS, 200),
        public=True,
        state=with_link,
    ),
    row(
        "POST",
        "convening.answer_by_mail",
        {"token": "answer-token"},
        data=ANSWER,
        allows=each(ACTORS, 303),
        public=True,
        state=with_link,
    ),
    row(
        "GET",
        "convening.show_link",
        {"token": "nothing"},
        allows=each(ACTORS, 410),
        public=True,
        note="unknown",
    ),
    row("GET", "calendar.mine", allows=each(EVERYONE, 200)),
    row("POST", "calendar.renew", allows=each(EVERYONE, 303)),
    row("POST", "calendar.renew", data=of_arles, allows=ACTS, note="territory"),
    row("POST", "calendar.revoke", data=of_arles, allows=ACTS, state=with_feeds),
    row(
        "GET",
        "calendar.feed",
        {"token": "feed-token"},
        allows=each(ACTORS, 200),
        public=True,
        state=with_feeds,
    ),
    row("GET", "calendar.feed", {"token": "nothing"}, allows=each(ACTORS, 404), public=True, note="unknown"),
]
