"""Anything done by anybody at any moment: in the end every page is what the database says."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from commission_app.core import clock
from tests.random_day.crowd import gather
from tests.random_day.day import TOGETHER, RandomDay
from tests.random_day.scale import scale
from tests.realtime.people import LiveServer

SCALE = scale()
CHECKED_EVERY = 48


@pytest.fixture
def live(app):
    server = LiveServer(app)
    yield server
    server.stop()


def held():
    return clock.frozen(clock.now())


def waves(day, begun, end):
    for _ in range(begun, end, TOGETHER):
        day.wave(TOGETHER)


@pytest.mark.parametrize("seed", SCALE.seeds)
def test_every_page_equals_the_database_after_a_random_day(app, live, seed):
    crowd = gather(SCALE.clients(seed))
    with ThreadPoolExecutor(16) as pool:
        day = RandomDay(app, [live.url], crowd, seed, pool)
        try:
            day.open()
            for begun in range(0, SCALE.steps, CHECKED_EVERY):
                waves(day, begun, min(begun + CHECKED_EVERY, SCALE.steps))
                day.checkpoint(held)
            day.take_agreement_back()
            day.checkpoint(held)
            day.close()
            waves(day, 0, 2 * TOGETHER)
            day.checkpoint(held)
        finally:
            day.leave()
