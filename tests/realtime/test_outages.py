"""What the servers stand on goes away in the middle of a day and comes back: nothing acknowledged is lost or
doubled, what was not says so, and each page comes back by itself."""

import dataclasses
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from commission_app import create_app
from commission_app.core.db import upgrade
from tests.databases import let_go
from tests.random_day.crowd import gather
from tests.random_day.day import RandomDay
from tests.realtime.running import OwnPostgres, OwnRedis, Process
from tests.servers import postgres_in, until

pytestmark = pytest.mark.server

PAGES = 6
NOTHING_KEPT = "Rien n’a été enregistré"


@pytest.fixture(scope="module")
def outside(config, request):
    """A PostgreSQL and a Redis of this test alone, and the settings of servers on them."""
    if request.config.getoption("--database") != "postgresql":
        pytest.skip("an outage of PostgreSQL, tried once")
    with (
        tempfile.TemporaryDirectory(prefix="out-", ignore_cleanup_errors=True) as name,
        postgres_in(Path(name)) as url,
    ):
        bus = OwnRedis(Path(name))
        bus.start()
        database = OwnPostgres(Path(name), url)
        yield dataclasses.replace(config, database_url=url), bus, database
        bus.stop()
        database.stop()


@pytest.fixture(scope="module")
def day(outside):
    """Two servers, and a day that people follow on both."""
    settings, bus, _database = outside
    app = create_app(settings)
    upgrade(app)
    servers = [Process(settings, redis_url=bus.url) for _ in range(2)]
    with app.app_context(), ThreadPoolExecutor(16) as pool:
        made = RandomDay(app, [server.url for server in servers], gather(PAGES), 1, pool)
        made.open()
        yield made
        made.leave()
    let_go(app)
    for server in servers:
        server.kill()


def waves(day, count):
    for _ in range(count):
        day.wave(3)


def expect_all_the_same(day):
    """After the look that an editor takes of itself from time to time, each page is as a fresh one."""
    for page in day.pages:
        page.rejoin()
        for item_id in list(page.notes):
            page.open_notes(item_id)
    day.checkpoint(tries=5)


def test_the_bus_is_gone_then_silent_then_there_again(day, outside):
    _settings, bus, _database = outside
    waves(day, 3)
    bus.stop()
    waves(day, 4)
    expect_all_the_same(day)
    bus.start()
    waves(day, 3)
    bus.freeze()
    began = time.monotonic()
    waves(day, 4)
    assert time.monotonic() - began < 15, "an act does not wait for the bus"
    bus.thaw()
    expect_all_the_same(day)


def test_the_database_is_restarted(day, outside):
    _settings, bus, database = outside
    waves(day, 2)
    member, raise_hand = day.metronome, f"/sessions/{day.day_id}/main-levee"
    database.stop()
    for is_htmx in (True, False):
        refused = member.send(raise_hand, {}, is_htmx=is_htmx)
        assert refused.status_code == 500
        assert NOTHING_KEPT in refused.text
    day.pages[0].cut_line()
    database.start()
    until(lambda: member.http.get(member.address).status_code == 200, "the page")
    bus.stop()  # from here on the look at the database alone tells one process what the other did
    waves(day, 3)
    expect_all_the_same(day)
