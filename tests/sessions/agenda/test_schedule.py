"""The hours of a day: order, lengths, breaks at their hours, what no longer fits."""

import uuid
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from types import SimpleNamespace

from hypothesis import given, settings
from hypothesis import strategies as st

from commission_app.sessions.agenda.arrangement import arranged, arrangement_of
from commission_app.sessions.agenda.models import AgendaItem
from commission_app.sessions.agenda.schedule import (
    first_room,
    hour_marks,
    overflow_minutes,
    points_minutes,
    room_minutes,
    schedule_of,
)
from commission_app.sessions.states import ItemKind, ItemState

START = datetime(2026, 12, 8, 8, 0, tzinfo=UTC)
DAY = SimpleNamespace(starts_at=START, ends_at=START + timedelta(hours=8), paused_at=None)
MINUTES = st.integers(2, 12).map(lambda units: units * 5)


def point(minutes, kind=ItemKind.NEWS, at=None, **values):
    """A point that no database has seen; `at` is minutes from the start of the day."""
    fixed = START + timedelta(minutes=at) if at is not None else None
    values = {"id": uuid.uuid4(), "position": 0, "state": ItemState.WAITING, "spent_seconds": 0, **values}
    values.setdefault("paused_seconds", 0)
    return AgendaItem(kind=kind, planned_minutes=minutes, fixed_at=fixed, **values)


def starts(slots):
    """The starts of slots, in minutes from the start of the day."""
    return [int((slot.start - START).total_seconds() // 60) for slot in slots]


def test_points_follow_each_other():
    assert starts(schedule_of([point(40), point(20), point(15)], DAY)) == [0, 40, 60]


def test_a_break_waits_for_its_hour():
    slots = schedule_of([point(40), point(15, ItemKind.BREAK, at=115), point(30)], DAY)
    assert starts(slots) == [0, 115, 130]
    assert not slots[1].late_minutes


def test_a_break_that_is_pushed_says_by_how_much():
    slots = schedule_of([point(120), point(15, ItemKind.BREAK, at=115)], DAY)
    assert starts(slots) == [0, 120]
    assert slots[1].late_minutes == 5


def test_what_passes_the_end_is_told_in_minutes():
    slots = schedule_of([point(300), point(170), point(30), point(20)], DAY)
    assert overflow_minutes(slots, DAY) == 40
    assert [slot.over_minutes for slot in slots] == [0, 0, 20, 20]
    assert [slot.is_outside for slot in slots] == [False, False, False, True]


def test_a_point_postponed_takes_no_time():
    slots = schedule_of([point(40, state=ItemState.POSTPONED), point(20)], DAY)
    assert starts(slots) == [0]


def test_the_scale_counts_five_minutes_a_unit():
    slots = schedule_of([point(20), point(15)], DAY)
    assert [(slot.at, slot.units) for slot in slots] == [(0, 4), (4, 3)]
    assert hour_marks(slots, DAY)[:2] == [(0, "9\u00a0h"), (12, "10\u00a0h")]


def test_the_running_day_goes_on_from_now():
    running = point(30, state=ItemState.LIVE, started_at=START)
    slots = schedule_of([running, point(20)], DAY, now=START + timedelta(minutes=45))
    assert starts(slots) == [0, 45]


def test_a_pause_moves_what_follows_while_it_lasts():
    running = point(30, state=ItemState.LIVE, started_at=START)
    paused = SimpleNamespace(**{**vars(DAY), "paused_at": START + timedelta(minutes=10)})
    slots = schedule_of([running, point(20)], paused, now=START + timedelta(minutes=25))
    assert starts(slots) == [0, 45]


def test_what_is_done_keeps_its_hours():
    done = point(30, state=ItemState.DONE, started_at=START, ended_at=START + timedelta(minutes=50))
    slots = schedule_of([done, point(20)], DAY, now=START + timedelta(minutes=50))
    assert starts(slots) == [0, 50]


def test_room_is_found_before_the_first_break_that_leaves_it():
    items = [point(40), point(15, ItemKind.BREAK, at=60), point(30), point(75, ItemKind.LUNCH, at=210)]
    assert first_room(items, DAY, 20) == 1
    assert first_room(items, DAY, 40) == 3
    assert first_room(items, DAY, 200) is None


@settings(max_examples=60)
@given(st.lists(MINUTES, max_size=14))
def test_points_never_overlap_and_sums_agree(lengths):
    items = [point(length) for length in lengths]
    items.insert(len(items) // 2, point(75, ItemKind.LUNCH, at=210))
    slots = schedule_of(items, DAY)
    assert all(before.end <= after.start for before, after in pairwise(slots))
    assert points_minutes(slots) == sum(lengths)
    assert room_minutes(slots, DAY) == 480 - 75


@settings(max_examples=60)
@given(st.lists(st.tuples(MINUTES, st.sampled_from(range(3))), max_size=10))
def test_the_arrangement_keeps_every_point_once_and_every_break_on_time(drawn):
    presenters = [uuid.uuid4() for _ in range(3)]
    items = [point(minutes, presenter_id=presenters[who]) for minutes, who in drawn]
    items.append(point(75, ItemKind.LUNCH, at=210))
    order = arranged(items, DAY)
    assert sorted(item.id for item in order) == sorted(item.id for item in items)
    assert not any(slot.late_minutes for slot in schedule_of(order, DAY))


def test_the_closing_stays_last_and_the_follow_up_first():
    items = [point(20, ItemKind.CLOSING), point(30), point(15, ItemKind.FOLLOW_UP)]
    assert [item.kind for item in arranged(items, DAY)] == [
        ItemKind.FOLLOW_UP,
        ItemKind.NEWS,
        ItemKind.CLOSING,
    ]


def test_a_reported_point_passes_first():
    earlier = point(20, state=ItemState.POSTPONED)
    reported = point(30, ItemKind.MODEL, followed_item=earlier)
    assert arranged([point(20, ItemKind.MODEL), reported], DAY)[0] is reported


def test_a_day_too_long_proposes_to_take_the_least_urgent_point_off():
    news = point(30, ItemKind.NEWS, title="Actualité")
    found = arrangement_of([point(300, ItemKind.MODEL), point(170, ItemKind.MODEL), news], DAY)
    assert found is not None
    assert found.postponed is news
    assert "finirait" in found.reasons[-1]


def test_a_day_that_fits_and_is_in_order_proposes_nothing():
    assert arrangement_of([point(30), point(40)], DAY) is None
