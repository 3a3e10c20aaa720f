"""Addresses of the live day: who follows it, who leads its course."""

from tests.security.live import (
    ACTS,
    DAY,
    FLOORLESS,
    FOLLOWERS,
    INVITED,
    NEXT,
    OBJECTS,
    POINT,
    POINT_OF_ANOTHER,
    READY,
    RUNS,
    WORDS,
    arrived,
    closed,
    not_presenting,
    notes,
    paused,
    paused_without_floor,
    read_back_without_floor,
    recorded,
    seen,
    uninvited,
    without_floor,
)
from tests.security.matrix import each, row

__all__ = ["OBJECTS", "ROWS"]

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


ROWS = [*PAGES, *COURSE, *WITHOUT_FLOOR]
