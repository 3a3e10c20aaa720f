"""A guest's page on the day: the turn comes, a decision is read, the link is taken back."""

import pytest
from playwright.sync_api import expect

from commission_app.sessions.convening.guests.links import guest_url
from commission_app.sessions.convening.guests.services import invite_guest, revoke_guest
from commission_app.sessions.day import services as course
from commission_app.sessions.decisions import services as deciding
from commission_app.sessions.states import DecisionKind
from tests.databases import settle
from tests.journeys.live_pages import expect_line
from tests.sessions.day.scene import make_scene

pytestmark = pytest.mark.browser

IRIS = {"name": "Iris Glycine", "email": "iris.glycine@exemple.invalid", "organisation": "Atelier vélo"}
READ = "Un vélo est prêté pour six mois."


def test_a_guest_follows_the_own_point_until_the_link_is_taken_back(app, new_page, assert_accessible):
    scene = make_scene()
    guest = invite_guest(scene.ines, scene.day, **IRIS, points=[scene.second.id])
    link = "/invite/" + guest_url(guest).rpartition("/")[2]
    settle()
    iris = new_page(width=360)
    iris.goto(link)
    expect_line(iris, "on")
    expect(iris.get_by_role("status").filter(has_text="La session est en cours")).to_be_visible()
    course.open_item(scene.salome, scene.day, scene.second)
    settle()
    expect(iris.locator("#passages")).to_contain_text("C’est votre tour")
    draft = deciding.write_draft(scene.yves, scene.second, kind=DecisionKind.SOLUTION, text=READ, version=0)
    deciding.read_back(scene.yves, draft, version=draft.version)
    settle()
    expect(iris.locator("#passages .said")).to_have_text(READ)
    assert_accessible(iris)
    deciding.record_decision(scene.salome, scene.second, draft_id=draft.id, version=draft.version)
    settle()
    expect(iris.locator("#passages")).to_contain_text(f"Décidé : {READ}")
    expect(iris.locator("#passages .said")).to_have_count(0)
    revoke_guest(scene.ines, guest)
    settle()
    expect(iris.locator("body")).to_contain_text("Ce lien d’invité n’ouvre rien")
    expect(iris.locator("#passages")).to_have_count(0)
