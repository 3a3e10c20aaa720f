"""The picture of a diagnosis: drawn, compared and printed; seen by axe, reached with a keyboard alone."""

from datetime import timedelta
from io import BytesIO

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from commission_app.core import clock
from commission_app.core.db import db
from commission_app.dossiers.fiche_relais.services import prepare_fiche
from commission_app.dossiers.models import ParcoursStep
from commission_app.dossiers.states import StepOutcome
from tests.databases import settle
from tests.dossiers.stories import make_complete, make_place
from tests.journeys.keyboard import Keyboard

pytestmark = pytest.mark.browser


@pytest.fixture
def place(app):
    """Arles and its people."""
    return make_place()


@pytest.fixture
def url(place):
    """A dossier that is complete, with a diagnosis of some months ago and a step still to come."""
    made = make_complete(place)
    made.diagnosed_on = clock.today() - timedelta(days=200)
    ahead = clock.today() + timedelta(days=40)
    made.parcours.append(
        ParcoursStep(starts_on=ahead, action="Chantier d’insertion", outcome=StepOutcome.TO_COME)
    )
    address = f"/dossiers/{made.id}"
    settle()
    return address


def names_of(page):
    """What a screen reader says of each picture of the page."""
    return page.locator("svg[role=img]").evaluate_all(
        "all => all.map(one => one.getAttribute('aria-label') ?? one.querySelector('title').textContent)"
    )


@pytest.mark.parametrize("width", [1440, 360])
def test_the_radar_is_named_and_stands_in_nobody_s_way(place, url, new_page, assert_accessible, width):
    page = new_page(place.ines, width=width)
    page.goto(f"{url}/presentation")
    radar = page.locator("svg.radar")
    radar.scroll_into_view_if_needed()
    expect(radar).to_be_visible()
    said = next(name for name in names_of(page) if name.startswith("Vue d’ensemble"))
    for axis in ("Logement\u00a0: frein", "Mobilité\u00a0: non abordé", "Projection\u00a0: frein"):
        assert axis in said
    assert names_of(page).count("frein") == 3, "the grid says each subject in a word too"
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert_accessible(page)


def test_with_a_keyboard_the_diagnosis_is_done_again_and_compared_with_the_one_before(
    place, url, new_page, assert_accessible
):
    page = new_page(place.ines)
    keyboard = Keyboard(page)
    page.goto(f"{url}/diagnostic")
    keyboard.use(page.get_by_role("button", name="Refaire le diagnostic"))
    expect(page.get_by_role("link", name="Ce qui a bougé depuis")).to_be_visible()
    keyboard.choose(page.locator("[name=level_logement]"), "lifted")
    expect(page.locator("#enregistrement")).to_contain_text("Enregistré à")
    keyboard.use(page.get_by_role("link", name="Ce qui a bougé depuis"))
    expect(page.locator("polygon.area-before")).to_have_count(1)
    expect(page.locator("tr.moved")).to_have_count(1)
    expect(page.locator("tr.moved")).to_contain_text("Logement")
    said = next(name for name in names_of(page) if name.startswith("Vue d’ensemble"))
    assert "en pointillé" in said
    assert_accessible(page)


@pytest.mark.parametrize("page_name", ["presentation", "frise"])
def test_on_paper_every_step_of_the_parcours_is_there_with_its_mark(place, url, new_page, page_name):
    page = new_page(place.ines)
    page.goto(f"{url}/{page_name}")
    page.emulate_media(media="print")
    steps = page.locator(".path > li, .timeline > li")
    expect(steps.filter(has_text="Chantier d’insertion")).to_be_visible()
    for step in steps.all():
        expect(step).to_be_visible()
        expect(step).to_have_css("print-color-adjust", "exact")
    expect(page.locator("nav, .topbar, .no-print").filter(visible=True)).to_have_count(0)


def test_the_presentation_prints_on_one_sheet(place, url, new_page):
    page = new_page(place.ines)
    page.goto(f"{url}/presentation")
    pages = PdfReader(BytesIO(page.pdf(format="A4"))).pages
    assert len(pages) <= 2
    assert "Chantier d’insertion" in " ".join(pages[-1].extract_text().split())


def test_a_long_word_stays_on_a_phone_and_the_lines_of_the_question_are_kept(app, place, new_page):
    made = make_complete(place, question="Quel hébergement ?\n\nAvec une garde ?")
    made.criteria[0].fact = "x" * 290
    address = f"/dossiers/{made.id}/presentation"
    settle()
    page = new_page(place.ines, width=360)
    page.goto(address)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert page.locator(".question .q").inner_text().count("\n") == 2


def test_a_long_word_stays_on_the_sheet_of_a_hand_over(app, place, new_page):
    fiche = prepare_fiche(place.ines, make_complete(place))
    fiche.goal_what = "W" * 200
    db.session.flush()
    address = f"/fiches-relais/{fiche.id}/relire"
    settle()
    page = new_page(place.ines, width=360)
    page.goto(address)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
