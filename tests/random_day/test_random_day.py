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


@pytest.mark.parametrize("seed", SCALE.seeds)
def test_every_page_equals_the_database_after_a_random_day(app, live, seed):
    crowd = gather(SCALE.clients(seed))
    with ThreadPoolExecutor(16) as pool:
        day = RandomDay(app, [live.url], crowd, seed, pool)
        try:
            day.open()
            for begun in range(0, SCALE.steps, CHECKED_EVERY):
                for _ in range(begun, min(begun + CHECKED_EVERY, SCALE.steps), TOGETHER):
                    day.wave(TOGETHER)
                day.checkpoint(lambda: clock.frozen(clock.now()))
        finally:
            day.leave()
