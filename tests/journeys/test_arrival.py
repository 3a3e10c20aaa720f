"""An arrival that a facilitator notes is told on the phone of who arrived."""

import pytest
from playwright.sync_api import expect

from tests.databases import settle
from tests.journeys.live_pages import expect_line
from tests.sessions.day.scene import make_scene

pytestmark = pytest.mark.browser


def test_a_phone_learns_that_its_reader_was_noted_as_there_and_as_gone(app, new_page, client_for):
    scene = make_scene()
    url, place = scene.url, f"{scene.url}/presences/{scene.leonie.id}"
    phone, salome = new_page(scene.leonie, width=360), client_for(scene.salome)
    settle()
    phone.goto(f"{url}/en-direct")
    expect_line(phone, "on")
    expect(phone.locator("#ma-presence")).to_contain_text("Arrivée pas encore notée")
    salome.submit(f"{place}/arrivee", page=f"{url}/presences")
    expect(phone.locator("#ma-presence")).to_contain_text("Arrivée notée à")
    salome.submit(f"{place}/sortie")
    expect(phone.locator("#ma-presence")).to_contain_text("Arrivée pas encore notée")
