"""Addresses of the guests of a day, and of the personal link of each."""

from datetime import timedelta

from commission_app.core import clock
from commission_app.core.db import db
from commission_app.core.tokens import hashed
from commission_app.sessions.convening.models import Guest, GuestPoint
from tests.factories import make_item
from tests.security.matrix import ACTORS, each, row

DAY = {"session_id": "day"}
ONE = {**DAY, "guest_id": "invited_guest"}
TOKEN = {"token": "guest-token"}
POINT = {**TOKEN, "item_id": "guest_item"}
OTHER_POINT = {**TOKEN, "item_id": "news"}
PREPARES = {"coordinator": 200}
ACTS = {"coordinator": 303}


def guest_item(world):
    """The point for which the guest comes: no situation, so that no canary stands in it."""
    return make_item(world["day"], title="Une offre nouvelle", text="Un atelier de réparation")


def invited_guest(world):
    """Somebody from outside, invited for one point."""
    point = GuestPoint(agenda_item_id=world["guest_item"].id)
    found = Guest(
        commission_session=world["day"],
        name="Iris",
        email="iris@exemple.invalid",
        organisation="Atelier",
        token_hash=hashed("guest-token"),
        points=[point],
    )
    db.session.add(found)
    return found


def tomorrow(world):
    """The day of the session is tomorrow: links open."""
    assert world["invited_guest"]
    day = world["day"]
    start = clock.now() + timedelta(days=1)
    day.starts_at, day.ends_at = start, start + timedelta(hours=2)


def revoked(world):
    """The invitation was taken back."""
    tomorrow(world)
    world["invited_guest"].revoked_at = clock.now()


def over(world):
    """The evening of the day has passed."""
    tomorrow(world)
    world["day"].starts_at = clock.now() - timedelta(days=2)
    world["day"].ends_at = world["day"].starts_at + timedelta(hours=2)


def with_point(world):
    """There is a point to invite for."""
    assert world["guest_item"]


def new_guest(world):
    """An expert for one point."""
    point = world["guest_item"].id
    return {"name": "Iris", "email": "iris@exemple.invalid", "organisation": "Atelier", "points": str(point)}


LINK = {"allows": each(ACTORS, 200), "public": True}
GONE = {"allows": each(ACTORS, 410), "public": True}
OBJECTS = {
    "guest_item": guest_item,
    "invited_guest": invited_guest,
}

ROWS = [
    row("GET", "guests.new", DAY, allows=PREPARES),
    row("POST", "guests.create", DAY, data=new_guest, allows=ACTS, state=with_point),
    row("POST", "guests.send_again", ONE, allows=ACTS),
    row("POST", "guests.revoke", ONE, allows=ACTS),
    row("GET", "guests.show_link", TOKEN, state=tomorrow, **LINK),
    row("GET", "guests.show_link", TOKEN, state=revoked, note="revoked", **GONE),
    row("GET", "guests.show_link", TOKEN, state=over, note="over", **GONE),
    row("GET", "guests.show_link", {"token": "no"}, note="unknown", **GONE),
    row("POST", "guests.read", POINT, allows=each(ACTORS, 303), public=True, state=tomorrow),
    row("POST", "guests.read", POINT, state=revoked, note="revoked", **GONE),
    row("POST", "guests.read", OTHER_POINT, state=tomorrow, note="another point", **GONE),
    row("GET", "guests.show_point", POINT, state=tomorrow, **LINK),
    row("GET", "guests.show_point", OTHER_POINT, state=tomorrow, note="another point", **GONE),
    row("GET", "guests.show_point", POINT, state=over, note="over", **GONE),
]
