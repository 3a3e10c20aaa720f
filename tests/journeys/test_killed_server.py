"""The server killed in the middle of the day, with a desk, a phone and the room screen open in Chromium."""

import pytest
from playwright.sync_api import expect

from commission_app.core.db import db
from commission_app.sessions.day.fragments import Audience
from commission_app.sessions.day.snapshot import live_view
from commission_app.sessions.decisions.register import verify
from tests.databases import settle
from tests.journeys import day_steps
from tests.journeys.live_pages import expect_line, expect_same_as_fresh, screen_path
from tests.journeys.live_servers import settings_of
from tests.sessions.day.scene import make_scene

pytestmark = [pytest.mark.browser, pytest.mark.server]

ACTED = "Un logement relais est réservé pour six mois."
READ = "Le PLIE étudie une navette de nuit."
NOTE = "Deux bailleurs rappellent avant midi. "
LATER = "Le troisième écrit."
RESERVE = "sous réserve du reste à charge"


@pytest.fixture
def room(app, config, pages, client_for, start_server):
    """The server, then the desk, the phone and the screen, each on its page."""
    scene = make_scene()
    url, screen_url = scene.url, screen_path(scene)
    server = start_server("--empty", **settings_of(config))
    desk = pages.open(server.url, client_for(scene.salome))
    phone = pages.open(server.url, client_for(scene.leonie), width=360)
    screen = pages.open(server.url, width=1920, height=1080)
    desk.goto(f"{url}/pupitre")
    phone.goto(f"{url}/en-direct")
    screen.goto(screen_url)
    for page in (desk, phone):
        expect_line(page, "on")
    return scene, server, desk, phone, screen


def decisions_kept(scene):
    settle()
    kept = [one.text for one in live_view(scene.day.id).decisions]
    settle()
    return kept


def notes_kept(scene):
    db.session.refresh(scene.first)
    kept = scene.first.notes
    settle()
    return kept


def test_nothing_acknowledged_and_nothing_typed_is_lost(room):
    scene, server, desk, phone, screen = room
    day_steps.write_and_read_back(desk, kind="solution", text=ACTED)
    day_steps.record(desk, ACTED)
    day_steps.write_and_read_back(desk, kind="diagnosis", text=READ)
    expect(screen.locator("#salle-point")).to_contain_text(READ)
    phone.get_by_role("button", name="Réserve", exact=True).click()
    phone.get_by_label("Votre réserve en quelques mots").fill(RESERVE)
    notes = desk.get_by_role("textbox", name="Notes partagées, Dossier")
    notes.click()
    desk.keyboard.type(NOTE)

    server.kill()
    for page in (desk, phone):
        expect_line(page, "wait")
    desk.get_by_role("button", name="Acter la décision").click()
    expect(desk.get_by_role("alert").filter(has_text="n’a pas pu être mise à jour")).to_be_visible()
    notes.click()
    desk.keyboard.press("Control+End")
    desk.keyboard.type(LATER)
    expect(notes).to_have_text(NOTE + LATER)
    assert decisions_kept(scene) == [ACTED], "what was not acknowledged did not happen either"

    server.start()
    for page in (desk, phone):
        expect_line(page, "on")
    expect(screen.locator(".room-offline [data-state=off]")).to_be_hidden()
    expect(notes).to_have_text(NOTE + LATER)
    expect(phone.get_by_label("Votre réserve en quelques mots")).to_have_value(RESERVE)

    phone.get_by_role("button", name="Dire ma réserve").click()
    expect(desk.locator("#relue")).to_contain_text(RESERVE)
    expect(desk.get_by_text("Notes enregistrées, à plusieurs")).to_be_visible()
    day_steps.record(desk, READ)
    for page in (desk, phone):
        expect(page.locator("#decisions-du-jour")).to_contain_text(READ)
    expect(screen.locator("#salle-point")).to_contain_text(READ)
    expect_same_as_fresh(desk, Audience.FACILITATION)
    expect_same_as_fresh(phone, Audience.MEMBERS)
    expect_same_as_fresh(screen, Audience.SCREEN)
    assert decisions_kept(scene) == [ACTED, READ]
    assert notes_kept(scene) == NOTE + LATER
    assert verify() is None


def test_the_screens_catch_up_with_what_happened_while_they_were_cut_off(room, client_for):
    scene, server, desk, phone, screen = room
    day_steps.write_and_read_back(desk, kind="solution", text=ACTED)
    server.kill()
    for page in (desk, phone):
        expect_line(page, "wait")
    server.start()
    client = client_for(scene.yves)
    client.submit(f"{scene.url}/main", {"act": "take"}, page="/")
    client.submit(f"{scene.url}/point-suivant", {"seen": str(scene.first.id)}, page="/")
    settle()
    for page in (desk, phone):
        expect_line(page, "on")
        expect(page.locator("#point, #ensuite").first).to_contain_text("Pause")
    expect(screen.locator("#salle-point h1")).to_contain_text("Pause")
    expect_same_as_fresh(desk, Audience.FACILITATION)
    expect_same_as_fresh(phone, Audience.MEMBERS)
    expect_same_as_fresh(screen, Audience.SCREEN)
