"""Addresses of the room screen: who links it, what it shows."""

from tests.security.live import DAY, EQUIPS, FOLLOWERS, screen_of_a_day_over, screen_of_room, withdrawn_screen
from tests.security.matrix import ACTORS, each, row

ROWS = [
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
        shows=("texte arles", "champs partagés"),
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
