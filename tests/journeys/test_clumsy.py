"""Clumsy hands and endless words on a live day: nothing is done twice, nothing leaves the page."""

import pytest
from playwright.sync_api import Page, expect

from commission_app.sessions.day.room.services import raise_hand
from commission_app.sessions.day.snapshot import live_view
from commission_app.sessions.decisions import services as deciding
from commission_app.sessions.states import DecisionKind
from tests.databases import settle
from tests.journeys.live_pages import expect_line, screen_path
from tests.sessions.day.scene import make_scene

pytestmark = pytest.mark.browser

ENDLESS = f"Ouvrir une place {'x' * 200} dès janvier."


def is_within(page: Page) -> bool:
    """Whether nothing stands beyond the right edge."""
    within: bool = page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    return within


def test_a_double_click_gives_the_floor_and_does_not_take_it_back(app, new_page):
    scene = make_scene()
    url, day_id = scene.url, scene.day.id
    for person in (scene.leonie, scene.hugo):
        raise_hand(person, scene.day)
    desk = new_page(scene.salome)
    settle()
    desk.goto(f"{url}/pupitre")
    expect_line(desk, "on")
    hands = desk.locator("#parole")
    hands.get_by_role("button", name="Donner").first.dblclick()
    expect(hands).to_contain_text("parle depuis")
    hands.get_by_role("button", name="Donner").dblclick()
    expect(hands.get_by_role("listitem")).to_have_count(1)
    settle()
    (speaking,) = live_view(day_id).hands
    assert speaking.speaks


def test_a_word_without_end_stays_on_every_page(app, new_page):
    scene = make_scene()
    url = scene.url
    draft = deciding.write_draft(
        scene.salome, scene.first, kind=DecisionKind.SOLUTION, text=ENDLESS, version=0
    )
    deciding.read_back(scene.salome, draft, version=draft.version)
    pages = {
        f"{url}/pupitre": new_page(scene.salome),
        f"{url}/en-direct": new_page(scene.leonie, width=360),
        screen_path(scene): new_page(),
    }
    settle()
    for path, page in pages.items():
        page.goto(path)
        expect(page.locator(".said")).to_contain_text("Ouvrir une place")
        assert is_within(page), path
    deciding.record_decision(scene.salome, scene.first, draft_id=draft.id, version=draft.version)
    settle()
    for path in (f"{url}/pupitre", f"{url}/en-direct"):
        pages[path].reload()
        expect(pages[path].locator("#decisions-du-jour")).to_contain_text("Ouvrir une place")
        assert is_within(pages[path]), path
