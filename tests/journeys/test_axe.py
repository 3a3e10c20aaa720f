"""WCAG 2.2 AA on every kind of page that each role of the demonstration reaches; those read in a corridor are
looked at on a phone too."""

import pytest
from playwright.sync_api import expect

from tests.demo.crawl import shape_of
from tests.journeys import day_steps
from tests.journeys.live_pages import expect_line
from tests.journeys.rounds import faults_of, parts_of, round_of
from tests.sessions.day.scene import make_scene

pytestmark = pytest.mark.browser

ROLES = {
    "coordination": "Nora",
    "a référent": "Inès",
    "a member following live": "Lou",
    "a facilitator": "Rose",
    "a pilot": "Anselme",
    "an administrator": "Zoé",
}
#: The device's clock goes on by twenty-five of the thirty minutes planned, and the page draws it.
FIVE_MINUTES_LEFT = """(now => {
  Date.now = () => now() + 25 * 60000;
  document.dispatchEvent(new CustomEvent('live:applied'));
})(Date.now.bind(Date))"""
ON_A_PHONE = {
    "/",
    "/actions",
    "/actions/*",
    "/binomes",
    "/dossiers",
    "/dossiers/*",
    "/dossiers/*/diagnostic",
    "/dossiers/*/question",
    "/offres",
    "/sessions",
    "/sessions/*",
    "/sessions/*/en-direct",
    "/sessions/*/ordre-du-jour",
    "/sessions/*/pupitre",
}


@pytest.fixture(scope="module")
def read_already():
    """The pages that axe has read in this run: another role's page of the same parts is not read again."""
    return set()


@pytest.mark.parametrize("first_name", ROLES.values(), ids=ROLES)
def test_no_page_of_a_role_stands_in_anybody_s_way(
    new_page, demo_person, assert_accessible, read_already, first_name
):
    page = new_page(demo_person(first_name))
    seen, faults = [], []
    for url in round_of(page):
        seen.append(url)
        kind = (shape_of(url), parts_of(page))
        widths = (1440, 360) if kind[0].partition("?")[0] in ON_A_PHONE else (1440,)
        if kind not in read_already:
            faults += [fault for width in widths for fault in faults_of(page, assert_accessible, width)]
        read_already.add(kind)
    assert len(seen) > 8
    assert not faults, "\n\n".join(faults)


@pytest.mark.parametrize("url", ["/connexion", "/mot-de-passe-oublie"])
def test_the_pages_of_visitors_neither(new_page, assert_accessible, url):
    page = new_page(width=360)
    page.goto(url)
    assert_accessible(page)


def test_nothing_that_happens_on_a_live_day_stands_in_anybody_s_way(app, new_page, assert_accessible):
    scene = make_scene()
    url, code = scene.url, scene.second.dossier.code
    desk, phone = new_page(scene.salome), new_page(scene.leonie, width=360)
    voices = [page.locator("#annonces") for page in (desk, phone)]

    def both_say_and_read_well(words):
        for page, voice in zip((desk, phone), voices, strict=True):
            expect(voice).to_contain_text(words)
            assert_accessible(page)

    desk.goto(f"{url}/pupitre")
    phone.goto(f"{url}/en-direct")
    for page in (desk, phone):
        expect_line(page, "on")
    day_steps.open_point(desk, code[-4:])
    both_say_and_read_well(f"Point 2\u00a0: Dossier {code}.")
    day_steps.write_and_read_back(desk, kind="solution", text="Une garde dès 6 h.")
    both_say_and_read_well("Décision relue\u00a0: Une garde dès 6 h.")
    phone.get_by_role("button", name="Réserve", exact=True).click()
    day_steps.record(desk, "Une garde dès 6 h.")
    both_say_and_read_well("Décision n°\u00a01 actée\u00a0: Une garde dès 6 h.")
    phone.evaluate(FIVE_MINUTES_LEFT)
    expect(voices[1]).to_have_text("Il reste cinq minutes pour ce point.")
    for page in (desk, phone):
        page.context.set_offline(True)
        expect_line(page, "off")
        assert_accessible(page)
