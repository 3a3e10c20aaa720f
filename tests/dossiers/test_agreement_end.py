"""An agreement that ends, however it ends: off the agenda, the live day and the screen, closed to readers."""

from datetime import timedelta

import pytest

from commission_app.core import clock
from commission_app.core.db import db
from commission_app.core.events import Event
from commission_app.dossiers.agreement.notifications import end_expired
from commission_app.dossiers.agreement.queries import agreements_of
from commission_app.dossiers.agreement.services import withdraw_agreement
from commission_app.dossiers.models import Dossier
from commission_app.dossiers.personal.services import give_link
from commission_app.dossiers.services import withdraw_dossier
from commission_app.dossiers.states import DossierState
from commission_app.sessions.agenda.models import AgendaItem
from commission_app.sessions.agenda.publication.services import publish_agenda
from commission_app.sessions.day.fragments import Audience, fragments_of
from commission_app.sessions.day.snapshot import live_view
from commission_app.sessions.models import CommissionSession
from commission_app.sessions.states import ItemState
from tests.databases import settle
from tests.sessions.day.scene import make_scene

RUNNING, WAITING = "Quel hébergement stable ?", "Quelle garde dès 6 h 30 ?"


@pytest.fixture
def scene(app):
    """A day under way: the first situation is being heard, the second waits."""
    made = make_scene()
    publish_agenda(made.ines, made.day, after=0)
    settle()
    return made


def by_the_referent(scene, dossier, client):
    withdraw_agreement(scene.referent, dossier)


def by_taking_it_back(scene, dossier, client):
    withdraw_dossier(scene.referent, dossier)


def by_the_person(scene, dossier, client):
    token, secret = give_link(scene.referent, dossier)
    url = f"/ma-situation/{token}"
    client.submit(url, {"secret": secret}, page=url)
    assert client.submit(f"{url}/retrait", page=f"{url}/retrait").status_code == 303


def by_the_clock(scene, dossier, client):
    for agreement in agreements_of(dossier.id):
        agreement.expires_on = clock.today()
    settle()
    end_expired()
    assert db.session.get_one(Dossier, dossier.id).state is not DossierState.WITHDRAWN, "the last day counts"
    with clock.frozen(clock.now() + timedelta(days=1)):
        end_expired()


ENDS = pytest.mark.parametrize("end", [by_the_referent, by_taking_it_back, by_the_person, by_the_clock])


def shown(scene, audience):
    return "".join(fragments_of(live_view(scene.day.id), audience).values())


@ENDS
def test_a_situation_that_waits_leaves_the_agenda_and_its_view_closes(scene, client, client_for, end):
    url = f"{scene.url}/points/{scene.second.id}/presentation"
    reader = client_for(scene.leonie)
    assert reader.get(url).status_code == 200
    item_id, dossier = scene.second.id, scene.second.dossier
    end(scene, dossier, client)
    settle()
    assert reader.get(url).status_code == 404
    assert WAITING not in reader.get(f"{scene.url}/ordre-du-jour").get_data(as_text=True)
    assert db.session.get_one(AgendaItem, item_id).state is ItemState.POSTPONED


@ENDS
def test_the_live_day_and_the_screen_carry_it_no_more(scene, client, end):
    assert all(RUNNING in shown(scene, audience) for audience in Audience)
    before = db.session.get_one(CommissionSession, scene.day.id).live_version
    end(scene, scene.first.dossier, client)
    settle()
    assert not [audience for audience in Audience if RUNNING in shown(scene, audience)]
    assert db.session.get_one(CommissionSession, scene.day.id).live_version > before, "nobody would be told"


@ENDS
def test_what_happened_before_stays_in_the_trace(scene, client, end):
    dossier_id = scene.first.dossier_id
    end(scene, scene.first.dossier, client)
    settle()
    names = {event.name for event in db.session.query(Event).filter_by(subject_id=dossier_id)}
    assert "dossier_withdrawn" in names
    assert end is by_taking_it_back or names & {"agreement_withdrawn", "agreement_expired"}
    kept = agreements_of(dossier_id)
    assert kept
    assert db.session.get_one(Dossier, dossier_id).state is DossierState.WITHDRAWN
