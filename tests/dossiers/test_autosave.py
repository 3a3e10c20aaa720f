"""A part saves itself in a real browser: the field keeps the focus, a clash is said, nothing is lost."""

import pytest
from playwright.sync_api import expect

from commission_app.core.db import db
from commission_app.dossiers.models import Dossier
from tests.databases import settle
from tests.factories import make_dossier

pytestmark = pytest.mark.browser


@pytest.fixture
def address(place):
    dossier = make_dossier(place.ines, place.territory, agreed=False, question="")
    path = f"/dossiers/{dossier.id}/question"
    settle()
    return path


def kept_question():
    """Look and let go: the worker of the server writes too."""
    settle()
    question = db.session.query(Dossier).one().question
    settle()
    return question


def test_what_is_typed_is_saved_and_the_field_stays(place, address, new_page):
    page = new_page(place.ines)
    page.goto(address)
    page.fill("#question", "Quel hébergement")
    expect(page.locator("#sauvegarde")).to_contain_text("Enregistré à")
    page.fill("#question", "Quel hébergement stable, dès l’été")
    expect(page.locator("input[name=version]")).to_have_value("2")
    expect(page.locator("#question")).to_be_focused()
    assert kept_question() == page.input_value("#question") == "Quel hébergement stable, dès l’été"


def test_a_clash_is_said_and_both_texts_are_shown(place, address, new_page, assert_accessible):
    mine, other = new_page(place.ines), new_page(place.ines)
    mine.goto(address)
    other.goto(address)
    other.fill("#question", "Texte de l’autre")
    expect(other.locator("#sauvegarde")).to_contain_text("Enregistré à")
    mine.fill("#question", "Mon texte")
    clash = mine.locator("#sauvegarde .conflict")
    expect(clash).to_contain_text("a deux textes")
    expect(clash).to_contain_text("Texte de l’autre")
    expect(mine.locator("#question")).to_have_value("Mon texte")
    assert_accessible(mine)
    assert kept_question() == "Texte de l’autre"
    clash.get_by_role("button", name="Garder mon texte").click()
    expect(mine.locator(".conflict")).to_have_count(0)
    assert kept_question() == "Mon texte"


def test_a_date_half_typed_is_said_and_holds_the_form_back(place, address, new_page):
    page = new_page(place.ines)
    page.goto(address.replace("question", "cadre"))
    page.fill("[name=step]", "Lever les freins")
    page.focus("[name=step_started_on]")
    page.keyboard.type("12")
    page.focus("[name=step]")
    expect(page.locator(".save-bar")).to_contain_text("n’est pas écrit en entier")
    page.get_by_role("button", name="Enregistrer et continuer").last.click()
    expect(page.locator("[name=step_started_on]")).to_be_focused()
    assert page.url.endswith("/cadre")
    page.fill("[name=step_started_on]", "2026-01-05")
    expect(page.locator(".save-bar")).not_to_contain_text("n’est pas écrit en entier")
    page.get_by_role("button", name="Enregistrer et continuer").last.click()
    page.wait_for_url("**/personne")


def test_a_line_is_taken_away_with_the_date_that_is_half_typed_in_it(place, address, new_page):
    page = new_page(place.ines)
    page.goto(address.replace("question", "parcours"))
    page.fill("[name='steps-0-action']", "Première")
    page.focus("[name='steps-0-starts_on']")
    page.keyboard.type("12")
    page.get_by_role("button", name="Ajouter une étape").click()
    expect(page.locator("[name='steps-0-starts_on']")).to_be_focused()
    page.get_by_role("button", name="Retirer l’étape 1").click()
    expect(page.locator("[name='steps-0-action']")).to_have_value("")


def test_a_line_that_is_taken_away_is_gone_without_another_word(place, address, new_page):
    page = new_page(place.ines)
    page.goto(address.replace("question", "parcours"))
    page.fill("[name='steps-0-action']", "Première")
    page.fill("[name='steps-0-starts_on']", "2026-01-05")
    expect(page.locator("input[name=version]")).to_have_value("1")
    page.get_by_role("button", name="Retirer l’étape 1").click()
    expect(page.locator("[name='steps-0-action']")).to_have_value("")
    expect(page.locator("input[name=version]")).to_have_value("2")
    page.goto(address.replace("question", "parcours"))
    expect(page.locator("[name='steps-0-action']")).to_have_value("")


def test_the_picture_of_the_diagnosis_follows_what_is_saved(place, address, new_page):
    page = new_page(place.ines)
    page.goto(address.replace("question", "diagnostic"))
    picture = page.get_by_role("region", name="L’image du diagnostic")
    expect(picture).to_contain_text("0 frein")
    page.locator("[name=level_logement]").select_option("frein")
    expect(picture).to_contain_text("1 frein")
    page.fill("[name=note_logement]", "Hébergée")
    expect(picture).to_contain_text("Hébergée")
    expect(page.locator("[name=note_logement]")).to_be_focused()
