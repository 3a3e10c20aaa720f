"""Addresses of who is in the room: hands, arrivals, ideas."""

from tests.security.live import (
    ACTS,
    DAY,
    FOLLOWERS,
    GUEST,
    HAND,
    IDEA,
    IDEA_TEXT,
    SOLVES,
    TAKES,
    TEXT,
    arrived,
)
from tests.security.matrix import each, row

ROWS = [
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
