"""A point to its end in the whole room, with both facilitators deciding at the same instant."""

import pytest
from playwright.sync_api import expect

from commission_app.sessions.day.fragments import Audience
from commission_app.sessions.day.snapshot import live_view
from commission_app.sessions.decisions.register import verify
from tests.databases import settle
from tests.journeys import day_steps
from tests.journeys.live_pages import expect_line, expect_same_as_fresh, screen_path
from tests.sessions.day.scene import make_scene

pytestmark = pytest.mark.browser

HERS = "Un logement relais est réservé pour six mois."
HIS = "Une aide à la garde est demandée dès lundi."
CONFLICT = "Quelqu’un a changé cette décision"


@pytest.fixture
def room(app, new_page):
    """Two desks, three phones, the screen."""
    scene = make_scene()
    url, screen_url = scene.url, screen_path(scene)
    desks = [new_page(user) for user in (scene.salome, scene.yves)]
    phones = [new_page(user, width=360) for user in (scene.leonie, scene.hugo, scene.ines)]
    screen = new_page(width=1920, height=1080)
    for page, path in (*((desk, "pupitre") for desk in desks), *((phone, "en-direct") for phone in phones)):
        page.goto(f"{url}/{path}")
    screen.goto(screen_url)
    for page in (*desks, *phones):
        expect_line(page, "on")
    return scene, desks, phones, screen


def test_two_who_decide_at_once_make_one_decision_and_overwrite_nothing(room):
    scene, (hers, his), phones, screen = room
    his.locator("#decision [name=text]").fill(HIS)
    day_steps.write_and_read_back(hers, kind="solution", text=HERS)
    his.get_by_role("button", name="Enregistrer", exact=True).click()
    expect(his.locator("#decision .conflict")).to_contain_text(CONFLICT)
    expect(his.locator("#decision .conflict")).to_contain_text(HERS)
    expect(his.locator("#decision [name=text]")).to_have_value(HIS)
    expect(screen.locator("#salle-point")).to_contain_text(HERS)
    his.reload()

    for phone in phones[:2]:
        day_steps.agree(phone, HERS)
    day_steps.reserve(phones[2], "sous réserve du reste à charge")
    for desk in (hers, his):
        expect(desk.locator("#relue")).to_contain_text("2 d’accord")
        expect(desk.locator("#relue")).to_contain_text("sous réserve du reste à charge")
    for desk in (his, hers):
        desk.get_by_role("button", name="Acter la décision").dispatch_event("click")
    for page in (hers, his, *phones):
        expect(page.locator("#decisions-du-jour")).to_contain_text(HERS)
    expect(screen.locator("#salle-point")).to_contain_text("Dernière décision")

    for desk in (hers, his):
        expect_same_as_fresh(desk, Audience.FACILITATION)
    for phone in phones:
        expect_same_as_fresh(phone, Audience.MEMBERS)
    expect_same_as_fresh(screen, Audience.SCREEN)
    settle()
    (decided,) = live_view(scene.day.id).decisions
    assert decided.text == HERS
    assert verify() is None
