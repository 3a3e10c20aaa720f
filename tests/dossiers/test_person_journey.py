"""The person in a real browser: the link, the code, what is shared, and taking it back."""

import pytest
from playwright.sync_api import expect

from commission_app.core.db import db
from commission_app.dossiers.models import Dossier
from commission_app.dossiers.states import DossierState
from tests.databases import settle
from tests.dossiers.stories import make_complete

pytestmark = pytest.mark.browser


def test_she_opens_her_page_and_takes_her_agreement_back(place, new_page, assert_accessible):
    dossier_id = make_complete(place, DossierState.RETAINED).id
    settle()
    referent, person = new_page(place.ines), new_page()
    referent.goto(f"/dossiers/{dossier_id}/droits")
    referent.get_by_role("button", name="Faire le lien").click()
    link, code = referent.locator(".secret-text").all_inner_texts()
    assert_accessible(referent)
    person.goto("/ma-situation/" + link.rsplit("/", 1)[1])
    person.get_by_label("Votre code").fill(code)
    person.get_by_role("button", name="Ouvrir ma page").click()
    expect(person.locator("main")).to_contain_text("Vous êtes d’accord pour partager")
    assert_accessible(person)
    person.get_by_role("link", name="Je ne veux plus partager").click()
    person.get_by_role("button", name="Je ne veux plus partager").click()
    expect(person.locator("main")).to_contain_text("Rien n’est partagé aujourd’hui")
    settle()
    assert db.session.get_one(Dossier, dossier_id).state is DossierState.WITHDRAWN
    settle()
