"""What is being typed on the desk stays, whatever comes from the server meanwhile."""

import pytest
from playwright.sync_api import expect

from commission_app.core.db import db
from commission_app.sessions.agenda.models import AgendaItem
from commission_app.sessions.day.fragments import Audience
from commission_app.sessions.day.snapshot import live_view
from tests.databases import settle
from tests.journeys import day_steps
from tests.journeys.live_pages import expect_line, expect_same_as_fresh
from tests.servers import until
from tests.sessions.day.scene import make_scene

pytestmark = pytest.mark.browser


@pytest.fixture
def scene(app):
    """A live day."""
    return make_scene()


@pytest.fixture
def desk(scene, new_page):
    """A page for the desk, its address, and the identifiers of its day and of the point under way."""
    url, day_id, item_id = scene.url, scene.day.id, scene.first.id
    page = new_page(scene.salome)
    return page, f"{url}/pupitre", day_id, item_id


def test_what_is_typed_while_the_answer_is_on_its_way_stays_and_is_saved_next(desk):
    page, url, _day_id, item_id = desk
    page.route("**/socket.io/**", lambda route: route.abort())  # without a line the notes are a plain form
    page.route_web_socket("**/socket.io/**", lambda socket: socket.close())
    page.goto(url)
    notes = page.get_by_role("textbox", name="Notes partagées")

    def answer_late(route):
        answer = route.fetch()
        notes.press_sequentially(" rappellent")
        route.fulfill(response=answer)

    notes.press_sequentially("Deux bailleurs")
    page.route("**/notes", answer_late)
    with page.expect_response("**/notes"):
        page.get_by_role("button", name="Enregistrer les notes").click()
    page.unroute("**/notes")
    expect(notes).to_have_value("Deux bailleurs rappellent")
    with page.expect_response("**/notes") as saved:
        page.get_by_role("button", name="Enregistrer les notes").click()
    assert saved.value.status == 200
    expect(page.locator("#notes .conflict")).to_have_count(0)
    expect(notes).to_have_value("Deux bailleurs rappellent")
    settle()
    assert db.session.get_one(AgendaItem, item_id).notes == "Deux bailleurs rappellent"
    settle()


def test_a_decision_begun_before_the_last_answer_came_is_kept(desk):
    page, url, day_id, _item_id = desk
    page.goto(url)
    expect_line(page, "on")
    day_steps.write_and_read_back(page, kind="solution", text="Un logement relais.")
    day_steps.record(page, "Un logement relais.")
    day_steps.write_and_read_back(page, kind="diagnosis", text="Un bilan de mobilité.")
    day_steps.record(page, "Un bilan de mobilité.")
    settle()
    assert [one.text for one in live_view(day_id).decisions] == [
        "Un logement relais.",
        "Un bilan de mobilité.",
    ]
    settle()


def test_what_the_line_brought_back_is_safe_though_its_own_answer_was_lost(desk, scene, client_for):
    page, url, _day_id, item_id = desk
    yves = client_for(scene.yves)
    settle()
    page.goto(url)
    expect_line(page, "on")
    page.route("**/projet", lambda route: (route.fetch(), route.abort()))
    day_steps.write_and_read_back(page, kind="solution", text="Un logement relais.")
    day = url.removesuffix("/pupitre")
    yves.submit(f"{day}/main", {"act": "take"}, page="/")
    yves.submit(f"{day}/point-suivant", {"seen": str(item_id)}, page="/")
    settle()
    expect(page.locator("#point")).to_contain_text("Pause")
    expect_same_as_fresh(page, Audience.FACILITATION)


def test_what_a_member_opened_stays_open_when_news_come(scene, client_for, new_page):
    typed = {"kind": "solution", "text": "Un logement relais.", "version": 0, "step": "read"}
    client_for(scene.salome).submit(f"{scene.url}/points/{scene.first.id}/projet", typed, page="/")
    settle()
    phone = new_page(scene.leonie, width=360)
    phone.goto(f"{scene.url}/en-direct")
    expect_line(phone, "on")
    phone.get_by_role("button", name="Réserve", exact=True).click()
    before = phone.locator("#instant").get_attribute("data-now")
    phone.evaluate("document.dispatchEvent(new CustomEvent('live:again'))")
    expect(phone.locator("#instant")).not_to_have_attribute("data-now", before)
    phone.get_by_label("Votre réserve en quelques mots").fill("sous réserve du reste à charge")


def test_an_older_answer_that_comes_late_does_not_stay(desk):
    page, url, _day_id, _item_id = desk
    page.goto(url)
    expect_line(page, "on")
    day_steps.write_and_read_back(page, kind="solution", text="Un logement relais.")
    held = []
    page.route(
        "**/pupitre*", lambda route: route.continue_() if held else held.append((route, route.fetch()))
    )
    page.evaluate("document.dispatchEvent(new CustomEvent('live:again'))")
    until(lambda: page.wait_for_timeout(20) or held, "the older answer")
    day_steps.record(page, "Un logement relais.")
    route, answer = held[0]
    route.fulfill(response=answer)
    expect(page.locator("#relue .said")).to_have_count(0)
    expect_same_as_fresh(page, Audience.FACILITATION)
