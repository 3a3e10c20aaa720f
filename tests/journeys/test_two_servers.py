"""Two servers behind one Redis and one PostgreSQL are one room, also where proxies hold answers back, and let
WebSockets pass, refuse them or swallow them."""

import dataclasses

import pytest
from playwright.sync_api import expect

from commission_app import create_app
from commission_app.sessions.day.fragments import Audience
from tests.clients import signed_in
from tests.databases import PostgresDatabase, let_go
from tests.journeys import day_steps
from tests.journeys.live_pages import expect_line, expect_same_as_fresh
from tests.journeys.live_servers import settings_of
from tests.journeys.proxy import Proxy
from tests.sessions.day.scene import make_scene

pytestmark = [pytest.mark.browser, pytest.mark.server]

TEXT = "Un logement relais est réservé pour six mois."


@pytest.fixture
def shared(config, pg_url):
    """The settings of both servers, and an application that arranges what they serve."""
    settings = dataclasses.replace(config, database_url=pg_url)
    app = create_app(settings)
    PostgresDatabase(pg_url).prepare(app)
    with app.app_context():
        yield settings, app
    let_go(app)


@pytest.fixture
def proxied():
    """Put a proxy before both servers: `proxied(is_sticky=True, websockets="refuse")`."""
    opened = []

    def put_before(servers, **how):
        opened.append(Proxy([server.port for server in servers], **how))
        return opened[-1]

    yield put_before
    for proxy in opened:
        proxy.stop()


def test_one_room_on_two_servers_whatever_stands_between(shared, pages, start_server, redis_url, proxied):
    settings, app = shared
    scene = make_scene()
    url = scene.url
    logins = [signed_in(app, user) for user in (scene.salome, scene.leonie, scene.hugo)]
    servers = [start_server("--empty", REDIS_URL=redis_url, **settings_of(settings)) for _ in range(2)]
    passing = proxied(servers, is_sticky=False, websockets="pass")
    refusing = proxied(servers, is_sticky=True, websockets="refuse")
    swallowing = proxied(servers, is_sticky=True, websockets="swallow")
    desk = pages.open(passing.url, logins[0])
    phone = pages.open(refusing.url, logins[1], width=360)
    other = pages.open(swallowing.url, logins[2], width=360)
    desk.goto(f"{url}/pupitre")
    for page in (phone, other):
        page.goto(f"{url}/en-direct")
    for page in (desk, phone, other):
        expect_line(page, "on")
    assert passing.used == {0, 1}, "without a cookie, requests go to both"

    phone.get_by_role("button", name="Lever la main").click()
    for page, place in ((desk, "#parole"), (other, "#demandes")):
        expect(page.locator(place)).to_contain_text("Léonie")
    day_steps.write_and_read_back(desk, kind="solution", text=TEXT)
    for page, count in ((phone, 1), (other, 2)):
        day_steps.agree(page, TEXT)
        expect(desk.locator("#relue")).to_contain_text(f"{count} d’accord")
    day_steps.record(desk, TEXT)
    for page in (phone, other):
        expect(page.locator("#decisions-du-jour")).to_contain_text(TEXT)
        expect_same_as_fresh(page, Audience.MEMBERS)
    expect_same_as_fresh(desk, Audience.FACILITATION)
