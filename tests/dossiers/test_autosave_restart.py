"""A draft goes on through a server that stops: what was acknowledged stands, what was typed is sent later."""

import pytest
from playwright.sync_api import expect

from commission_app.core.db import db
from commission_app.dossiers.models import Dossier
from tests.databases import settle
from tests.factories import make_dossier
from tests.journeys.live_servers import settings_of

pytestmark = [pytest.mark.browser, pytest.mark.server]

KEPT = "Écrit avant l’arrêt, et enregistré"
OFFLINE = "Écrit sans réseau, pendant que le serveur redémarrait"


def test_a_draft_typed_offline_survives_a_server_restart(place, config, pages, client_for, start_server):
    dossier = make_dossier(place.ines, place.territory, agreed=False, question="")
    dossier_id = dossier.id
    settle()
    server = start_server("--empty", **settings_of(config))
    page = pages.open(server.url, client_for(place.ines))
    page.goto(f"/dossiers/{dossier_id}/question")
    page.fill("#urgency_reason", KEPT)
    expect(page.locator("#enregistrement")).to_contain_text("Enregistré à")
    page.context.set_offline(True)
    page.fill("#question", OFFLINE)
    expect(page.locator("[data-autosave-target=words]")).to_contain_text("Non enregistré")

    server.kill()
    page.context.set_offline(False)
    expect(page.locator("[data-autosave-target=words]")).to_contain_text("Non enregistré")
    expect(page.locator("#question")).to_have_value(OFFLINE)
    server.start()

    expect(page.locator("[data-autosave-target=words]")).to_be_empty()
    expect(page.locator("#enregistrement")).to_contain_text("Enregistré à")
    page.reload()
    expect(page.locator("#question")).to_have_value(OFFLINE)
    expect(page.locator("#urgency_reason")).to_have_value(KEPT)
    settle()
    stored = db.session.get_one(Dossier, dossier_id)
    assert (stored.question, stored.urgency_reason) == (OFFLINE, KEPT)
    settle()
