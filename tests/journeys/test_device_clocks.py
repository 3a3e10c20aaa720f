"""Devices whose clock is wrong, and one that slept: the page shows the server's hour, and what others see."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from commission_app.core import clock
from commission_app.core.french import hour
from commission_app.sessions.day.fragments import Audience
from tests.databases import settle
from tests.journeys.live_pages import expect_line, expect_same_as_fresh, screen_path
from tests.servers import until
from tests.sessions.day.scene import make_scene

pytestmark = pytest.mark.browser

TEN_MINUTES = timedelta(minutes=10)
RUNNING = timedelta(minutes=5, seconds=20)


@pytest.fixture
def scene(app):
    made = make_scene()
    made.first.started_at -= RUNNING
    settle()
    return made


def expect_the_hour(page, place):
    """What the page says is the hour of the server."""
    until(lambda: page.locator(place).inner_text() == hour(clock.now()), f"the hour of the server in {place}")


def test_a_clock_ten_minutes_wrong_changes_nothing_on_the_page(scene, new_page):
    url, screen_url, point = scene.url, screen_path(scene), "#point [data-clock-target=brief]"
    behind, ahead, screen = new_page(scene.leonie, width=360), new_page(scene.salome), new_page()
    for page, error in ((behind, -TEN_MINUTES), (ahead, TEN_MINUTES), (screen, TEN_MINUTES)):
        page.clock.install(time=clock.now() + error)
    behind.goto(f"{url}/en-direct")
    ahead.goto(f"{url}/pupitre")
    screen.goto(screen_url)
    expect(behind.locator(point)).to_have_text("5 min sur 40")
    expect(ahead.locator("#horloge [data-clock-target=spent]")).to_contain_text("5 min sur 40")
    behind.get_by_role("button", name="Lever la main").click()
    expect(ahead.locator("#parole")).to_contain_text("Léonie")
    expect(behind.locator(point)).to_have_text("5 min sur 40")
    expect_the_hour(ahead, "#horloge [data-clock-target=now]")
    expect_the_hour(screen, "#salle-haut [data-clock-target=now]")


def test_a_laptop_that_slept_for_an_hour_shows_what_the_others_see(app, scene, new_page, client_for):
    url = scene.url
    desk, yves = new_page(scene.salome), client_for(scene.yves)
    desk.clock.install(time=clock.now())
    desk.goto(f"{url}/pupitre")
    expect_line(desk, "on")
    first = str(scene.first.id)
    settle()
    desk.context.set_offline(True)
    lines, _broadcaster, _watch = app.extensions["commission_live"]
    for line in lines.all():
        app.extensions["commission_guard"].hang_up(line.engine_sid)
    yves.submit(f"{url}/main", {"act": "take"}, page=f"{url}/pupitre")
    yves.submit(f"{url}/point-suivant", {"seen": first})
    desk.clock.fast_forward("01:00:00")
    desk.context.set_offline(False)
    desk.clock.run_for(10_000)
    expect_line(desk, "on")
    expect(desk.locator("#main-tenue")).to_contain_text("Yves")
    expect_same_as_fresh(desk, Audience.FACILITATION)
    expect_the_hour(desk, "#horloge [data-clock-target=now]")
