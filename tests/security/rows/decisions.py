"""Addresses of the decisions, and of what the person is told."""

from tests.security.live import (
    ACTS,
    DAY,
    DECISION,
    DRAFT,
    FOLLOWERS,
    PLAIN,
    POINT,
    POINT_OF_ANOTHER,
    TELLERS,
    WORDS,
    read_back,
    recorded,
    told,
)
from tests.security.matrix import each, row

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


ROWS = [*DECISIONS, *TELLING]
