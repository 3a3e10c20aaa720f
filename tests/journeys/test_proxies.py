"""Two servers behind a proxy that holds answers back: one room, whether WebSockets pass, are refused or are
swallowed."""

import pytest
from playwright.sync_api import expect

from commission_app.sessions.day.fragments import Audience
from tests.databases import settle
from tests.journeys.live_pages import expect_line, expect_same_as_fresh
from tests.journeys.live_servers import settings_of
from tests.journeys.proxy import Proxy
from tests.sessions.day.scene import make_scene

pytestmark = [pytest.mark.browser, pytest.mark.server]


@pytest.fixture
def proxied():
    opened = []

    def put_before(servers, **how):
        opened.append(Proxy([server.port for server in servers], **how))
        return opened[-1]

    yield put_before
    for proxy in opened:
        proxy.stop()


def test_a_room_behind_proxies_hears_everything(
    app, config, pages, client_for, start_server, redis_url, proxied
):
    scene = make_scene()
    salome, leonie, hugo = (client_for(user) for user in (scene.salome, scene.leonie, scene.hugo))
    url = scene.url
    settle()
    servers = [start_server("--empty", REDIS_URL=redis_url, **settings_of(config)) for _ in range(2)]
    passing = proxied(servers, is_sticky=False, websockets="pass")
    refusing = proxied(servers, is_sticky=True, websockets="refuse")
    swallowing = proxied(servers, is_sticky=True, websockets="swallow")
    desk = pages.open(passing.url, salome)
    phone, other = pages.open(refusing.url, leonie, width=360), pages.open(swallowing.url, hugo, width=360)
    desk.goto(f"{url}/pupitre")
    for page in (phone, other):
        page.goto(f"{url}/en-direct")
    for page in (desk, phone, other):
        expect_line(page, "on")

    phone.get_by_role("button", name="Lever la main").click()
    for page, place in ((desk, "#parole"), (other, "#demandes")):
        expect(page.locator(place)).to_contain_text("Léonie")
    other.get_by_role("button", name="Lever la main").click()
    expect(desk.locator("#parole")).to_contain_text("Hugo")
    desk.get_by_role("button", name="Point suivant").click()
    for page in (phone, other):
        expect(page.locator("#point")).to_contain_text("Pause")
    expect_same_as_fresh(desk, Audience.FACILITATION)
    for page in (phone, other):
        expect_same_as_fresh(page, Audience.MEMBERS)
    assert passing.used == {0, 1}, "without a cookie, requests go to both"
