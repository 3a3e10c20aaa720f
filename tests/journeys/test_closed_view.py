"""A shared view that stayed open on a screen leaves it when it is closed."""

import pytest
from playwright.sync_api import expect

from commission_app.dossiers.agreement.services import withdraw_agreement
from commission_app.sessions.convening.guests.links import guest_url
from commission_app.sessions.convening.guests.services import invite_guest, revoke_guest
from tests.databases import settle
from tests.journeys.test_guest import IRIS
from tests.sessions.day.scene import make_scene

pytestmark = pytest.mark.browser

QUESTION = "Quelle garde dès 6 h 30 ?"


@pytest.fixture
def view_of(new_page):
    """A view that somebody opened, its clock in our hands."""

    def opened(person, url):
        page = new_page(person)
        page.clock.install()
        page.goto(url)
        expect(page.get_by_role("main")).to_contain_text(QUESTION)
        return page

    return opened


def ask_again(page):
    """Let ten seconds pass, and the question to the server with them."""
    with page.expect_response(lambda answer: answer.request.headers.get("x-background") == "true") as found:
        page.clock.fast_forward(10_000)
    return found.value.status


def test_the_view_of_a_point_leaves_with_the_agreement(app, view_of):
    scene = make_scene()
    url = f"{scene.url}/points/{scene.second.id}/presentation"
    settle()
    page = view_of(scene.yves, url)
    assert ask_again(page) == 204
    expect(page.get_by_role("main")).to_contain_text(QUESTION)
    withdraw_agreement(scene.referent, scene.second.dossier)
    settle()
    assert ask_again(page) == 404
    expect(page.get_by_role("heading", level=1)).to_have_text("Page introuvable")
    assert QUESTION not in page.content()


def test_a_view_asks_at_once_when_it_comes_back_to_the_front(app, view_of):
    scene = make_scene()
    settle()
    page = view_of(scene.yves, f"{scene.url}/points/{scene.second.id}/presentation")
    withdraw_agreement(scene.referent, scene.second.dossier)
    settle()
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(page.get_by_role("heading", level=1)).to_have_text("Page introuvable")


def test_the_view_of_a_guest_leaves_with_the_link(app, new_page):
    scene = make_scene()
    guest = invite_guest(scene.ines, scene.day, **IRIS, points=[scene.second.id])
    link = "/invite/" + guest_url(guest).rpartition("/")[2]
    settle()
    page = new_page()
    page.clock.install()
    page.goto(link)
    page.get_by_role("button", name="Lire").first.click()
    expect(page.get_by_role("main")).to_contain_text(QUESTION)
    revoke_guest(scene.ines, guest)
    settle()
    assert ask_again(page) == 410
    expect(page.locator("body")).not_to_contain_text(QUESTION)  # a refusal comes before the page goes
    expect(page.locator("body")).to_contain_text("Ce lien d’invité n’ouvre rien")
