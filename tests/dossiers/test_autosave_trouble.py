"""What a part does when the network, the session or the keyboard make it hard: nothing typed is lost."""

import pytest
from playwright.sync_api import expect

from commission_app.accounts.models import Login
from commission_app.core import clock
from commission_app.core.db import db
from commission_app.dossiers.models import Dossier
from commission_app.dossiers.states import DossierState
from tests.databases import settle
from tests.factories import make_dossier

pytestmark = pytest.mark.browser


@pytest.fixture
def address(place):
    dossier = make_dossier(place.ines, place.territory, agreed=False, question="")
    path = f"/dossiers/{dossier.id}/question"
    settle()
    return path


@pytest.fixture
def page(place, address, new_page):
    opened = new_page(place.ines)
    opened.goto(address)
    return opened


def kept():
    """Look and let go: the worker of the server writes too."""
    settle()
    question = db.session.query(Dossier).one().question
    settle()
    return question


def words(page):
    return page.locator("[data-autosave-target=words]")


def test_without_a_network_the_text_stays_is_said_unsaved_and_goes_on_return(page):
    page.context.set_offline(True)
    page.fill("#question", "Écrit sans réseau")
    expect(words(page)).to_contain_text("Non enregistré")
    expect(page.locator("#question")).to_have_value("Écrit sans réseau")
    assert kept() == ""
    page.context.set_offline(False)
    expect(page.locator("#enregistrement")).to_contain_text("Enregistré à", timeout=15_000)
    expect(words(page)).to_be_empty()
    assert kept() == "Écrit sans réseau"


def test_without_a_network_the_button_waits_and_the_page_stays_with_its_text(page, address):
    page.context.set_offline(True)
    page.fill("#question", "Écrit sans réseau, puis le bouton")
    page.get_by_role("button", name="Enregistrer et continuer").last.click()
    expect(words(page)).to_contain_text("Non enregistré")
    assert page.url.endswith(address)
    expect(page.locator("#question")).to_have_value("Écrit sans réseau, puis le bouton")
    page.context.set_offline(False)
    page.wait_for_url("**/verifier")
    assert kept() == "Écrit sans réseau, puis le bouton"


def test_signed_out_meanwhile_the_button_leads_nowhere_without_the_text(page, address):
    settle()
    for login in db.session.query(Login):
        login.ended_at = clock.now()
    settle()
    page.fill("#question", "Écrit puis envoyé après la fin de la connexion")
    page.get_by_role("button", name="Enregistrer et continuer").last.click()
    expect(words(page)).to_contain_text("votre connexion a pris fin")
    assert page.url.endswith(address)
    expect(page.locator("#question")).to_have_value("Écrit puis envoyé après la fin de la connexion")


def test_submitted_meanwhile_the_text_stays_to_be_copied_and_the_reason_is_said(page, address):
    settle()
    db.session.query(Dossier).one().state = DossierState.SUBMITTED
    settle()
    page.fill("#question", "Écrit après la soumission")
    expect(words(page)).to_contain_text("ce dossier ne se modifie plus")
    page.get_by_role("button", name="Enregistrer et continuer").last.click()
    expect(words(page)).to_contain_text("Copiez votre texte")
    assert page.url.endswith(address)
    expect(page.locator("#question")).to_have_value("Écrit après la soumission")
    assert kept() == ""


def test_nothing_of_it_stays_in_the_browser(page):
    page.fill("#question", "Rien dans le navigateur")
    expect(page.locator("#enregistrement")).to_contain_text("Enregistré à")
    stored = page.evaluate("JSON.stringify([localStorage, sessionStorage])")
    assert "Rien dans" not in stored


def test_signed_out_meanwhile_the_page_stays_with_its_text(page, address):
    settle()
    for login in db.session.query(Login):
        login.ended_at = clock.now()
    settle()
    page.fill("#question", "Écrit après la fin de la connexion")
    expect(words(page)).to_contain_text("votre connexion a pris fin")
    assert page.url.endswith(address)
    expect(page.locator("#question")).to_have_value("Écrit après la fin de la connexion")
    assert kept() == ""


def test_a_letter_being_composed_is_never_eaten(page):
    """A dead key or an input method holds the field until the letter is there."""
    page.locator("#question").focus()
    session = page.context.new_cdp_session(page)
    session.send("Input.imeSetComposition", {"text": "´", "selectionStart": 1, "selectionEnd": 1})
    sent = []
    page.on("request", lambda request: sent.append(request) if request.method == "POST" else None)
    page.wait_for_function("document.querySelector('#partie').dataset.dirty === ''")
    page.wait_for_timeout(1500)  # longer than the pause after which a save goes
    assert not [request for request in sent if request.url.endswith("/question")]
    session.send("Input.insertText", {"text": "é"})
    expect(page.locator("#enregistrement")).to_contain_text("Enregistré à")
    expect(page.locator("#question")).to_have_value("é")
    assert kept() == "é"


def test_a_social_security_number_is_refused_while_one_types(page, assert_accessible):
    page.fill("#question", "Dossier de 2 99 99 99 999 999 99")
    expect(page.locator("#question-nir")).to_contain_text("numéro de sécurité sociale")
    expect(page.locator("#question")).to_have_attribute("aria-invalid", "true")
    assert_accessible(page)
    page.fill("#question", "Quel hébergement ?")
    expect(page.locator("#question-nir")).to_have_count(0)
    expect(page.locator("#enregistrement")).to_contain_text("Enregistré à")
    assert kept() == "Quel hébergement ?"
