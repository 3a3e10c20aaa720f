"""Two browsers on two server processes behind one Redis and one PostgreSQL: one room."""

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


def test_an_act_on_one_is_seen_on_the_other(shared, pages, start_server, redis_url):
    settings, app = shared
    scene = make_scene()
    url = scene.url
    logins = [signed_in(app, user) for user in (scene.salome, scene.leonie)]
    here, there = (start_server("--empty", REDIS_URL=redis_url, **settings_of(settings)) for _ in range(2))
    desk, phone = pages.open(here.url, logins[0]), pages.open(there.url, logins[1], width=360)
    desk.goto(f"{url}/pupitre")
    phone.goto(f"{url}/en-direct")
    for page in (desk, phone):
        expect_line(page, "on")

    phone.get_by_role("button", name="Lever la main").click()
    expect(desk.locator("#parole")).to_contain_text("Léonie")
    day_steps.write_and_read_back(desk, kind="solution", text=TEXT)
    day_steps.agree(phone, TEXT)
    expect(desk.locator("#relue")).to_contain_text("1 d’accord")
    day_steps.record(desk, TEXT)
    expect(phone.locator("#decisions-du-jour")).to_contain_text(TEXT)
    expect_same_as_fresh(phone, Audience.MEMBERS)
    expect_same_as_fresh(desk, Audience.FACILITATION)
