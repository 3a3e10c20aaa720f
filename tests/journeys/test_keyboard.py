"""The référent's and the facilitator's paths with a keyboard and nothing else."""

import re

import pytest
from playwright.sync_api import Page, expect

from commission_app.core import clock
from commission_app.core.db import db
from commission_app.dossiers.models import Dossier
from commission_app.dossiers.states import DossierState
from commission_app.sessions.day.snapshot import live_view
from commission_app.sessions.models import CommissionSession
from commission_app.sessions.states import SessionState
from tests.databases import settle
from tests.factories import hash_of, make_session
from tests.journeys.commission import found_commission
from tests.journeys.dossier_steps import QUESTION
from tests.journeys.keyboard import Keyboard, same_figures
from tests.sessions.day.scene import make_scene

pytestmark = pytest.mark.browser

PASSWORD = "quatre cyprès dans le vent"
RECENT = same_figures(clock.today())
EARLIER = same_figures(RECENT, least_days=20)
LONG_AGO = same_figures(EARLIER, least_days=200)
PARTS = {
    "cadre": [
        ("choose", "contract", "cer"),
        ("date", "entered_on", LONG_AGO),
        ("write", "step", "Lever les freins"),
        ("date", "step_started_on", EARLIER),
        ("write", "step_expected_months", "6"),
    ],
    "personne": [
        ("write", "last_name", "Exemple-Garance"),
        ("write", "first_name", "Camille"),
        ("choose", "age_band", "35-44"),
        ("choose", "insee", "13004"),
        ("choose", "household", "single_parent"),
        ("date", "info_given_on", EARLIER),
        ("date", "agreed_on", RECENT),
    ],
    "blocage": [("write", "fact_several_freins", "Logement, garde et mobilité se bloquent.")],
    "diagnostic": [
        ("date", "diagnosed_on", RECENT),
        ("choose", "level_logement", "frein"),
        ("write", "note_logement", "Quatre adresses en quatorze mois"),
        ("choose", "level_garde_enfants", "frein"),
        ("choose", "level_experience", "strength"),
        ("choose", "level_place", "neutral"),
    ],
    "parcours": [
        ("write", "origin_who", "CCAS"),
        ("write", "steps-0-action", "Saison en maraîchage"),
        ("date", "steps-0-starts_on", LONG_AGO),
    ],
    "tentatives": [
        ("write", "attempts-0-what", "Atelier budget"),
        ("date", "attempts-0-tried_on", EARLIER),
        ("write", "no_outside_reason", "La commission logement se réunit le mois prochain."),
    ],
    "question": [("write", "question", QUESTION), ("write", "minutes_needed", "40")],
}


def sign_in(page: Page, email: str) -> Keyboard:
    """Come in by the front door."""
    page.goto("/")
    keyboard = Keyboard(page)
    keyboard.skip()
    keyboard.write(page.get_by_label("Adresse électronique"), email)
    keyboard.write(page.get_by_label("Mot de passe", exact=True), PASSWORD)
    keyboard.press("Enter")
    page.wait_for_url("**/")
    keyboard.skip()
    return keyboard


def test_a_dossier_from_the_front_door_to_the_coordination(app, new_page):
    commission = found_commission()
    commission.referent.password_hash = hash_of(PASSWORD)
    email = commission.referent.email
    settle()
    page = new_page()
    keyboard = sign_in(page, email)
    keyboard.use(page.get_by_role("navigation").get_by_role("link", name="Mes dossiers"))
    keyboard.use(page.get_by_role("button", name="Ouvrir un dossier"))
    page.wait_for_url(re.compile(r"/dossiers/[0-9a-f-]{36}$"))
    for part, fields in PARTS.items():
        keyboard.use(page.locator(f"a[href$='/{part}']").first)
        page.wait_for_url(f"**/{part}")
        for how, name, value in fields:
            getattr(keyboard, how)(page.locator(f"[name={name}]"), value)
        if part == "question":
            keyboard.use(page.get_by_label("Logement", exact=True), "Space")
        keyboard.use(page.get_by_role("button", name="Enregistrer et continuer").last)
        page.wait_for_url(lambda there, part=part: not there.endswith(f"/{part}"))
        if not re.search(r"[0-9a-f-]{36}$", page.url):
            keyboard.use(page.get_by_role("link", name="Revenir aux sept parties"))
            page.wait_for_url(re.compile(r"[0-9a-f-]{36}$"))
    keyboard.use(page.get_by_role("link", name=re.compile("Vérifier")).first)
    keyboard.use(page.get_by_role("button", name="Soumettre le dossier"))
    expect(page.locator(".page-head")).to_contain_text("Soumis")
    assert db.session.query(Dossier).one().state is DossierState.SUBMITTED
    settle()


def test_a_day_from_the_front_door_to_its_end(app, new_page):
    scene = make_scene(started=False)
    scene.salome.password_hash = hash_of(PASSWORD)
    later = make_session(scene.territory, state=SessionState.PUBLISHED)
    email, day_id, later_id = scene.salome.email, scene.day.id, str(later.id)
    settle()
    page = new_page()
    keyboard = sign_in(page, email)
    keyboard.use(page.locator(f"a[href='/sessions/{day_id}']").first)
    keyboard.use(page.locator("a[href$='/pupitre']").first)
    page.wait_for_url("**/pupitre")
    keyboard.skip()

    keyboard.use(page.get_by_role("button", name="Démarrer la journée"))
    expect(page.locator("#ordre-du-jour [aria-current=step]")).to_be_visible()
    keyboard.expect_seen()
    write_a_decision(page, keyboard, "Un logement relais.")
    keyboard.use(page.get_by_role("button", name="Point suivant"))
    expect(page.locator("#point h1")).to_contain_text("Pause")
    keyboard.expect_seen()
    keyboard.use(page.get_by_role("button", name="Point suivant"))
    expect(page.locator("#point")).to_contain_text("Quelle garde dès 6 h 30")
    keyboard.expect_seen()

    keyboard.use(page.get_by_role("link", name="Reporter le point"))
    keyboard.choose(page.locator("[name=to]"), later_id)
    keyboard.write(page.locator("[name=reason]"), "Le temps a manqué")
    keyboard.use(page.get_by_role("button", name="Reporter le point"))
    page.wait_for_url("**/pupitre")
    expect(page.locator("#ordre-du-jour")).to_contain_text("reporté")
    keyboard.use(page.get_by_role("link", name="Clore la journée"))
    keyboard.use(page.get_by_role("button", name="Clore la journée"))
    expect(page.locator(".flashes")).to_contain_text("La journée est close")
    settle()
    assert db.session.get_one(CommissionSession, day_id).state is SessionState.CLOSED
    assert [one.text for one in live_view(day_id).decisions] == ["Un logement relais."]
    settle()


def write_a_decision(page, keyboard, text):
    """Write, read back, « Acter », and go on from where the focus is."""
    keyboard.choose(page.locator("#decision [name=kind]"), "solution")
    keyboard.write(page.locator("#decision [name=text]"), text)
    keyboard.use(page.get_by_role("button", name="Relire à la commission"))
    expect(page.locator("#relue .said")).to_have_text(text)
    keyboard.expect_seen()
    keyboard.use(page.get_by_role("button", name="Acter la décision"))
    expect(page.locator("#decisions-du-jour")).to_contain_text(text)
    keyboard.expect_seen()


def test_the_menu_of_a_phone_opens_and_closes_and_gives_the_focus_back(app, new_page):
    commission = found_commission()
    page = new_page(commission.referent, width=360)
    page.goto("/")
    keyboard = Keyboard(page)
    button = page.get_by_role("button", name="Menu")
    link = page.get_by_role("navigation", name="Navigation principale").get_by_role(
        "link", name="Mes dossiers"
    )
    expect(link).to_be_hidden()
    keyboard.use(button)
    keyboard.reach(link)
    keyboard.press("Escape")
    expect(link).to_be_hidden()
    expect(button).to_be_focused()
