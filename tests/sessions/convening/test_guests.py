"""Guests: invited for listed points, by a link that opens from the day before to the evening."""

import re
from datetime import time, timedelta
from types import SimpleNamespace

import pytest
from sqlalchemy import select

from commission_app.core import clock
from commission_app.core.db import db
from commission_app.core.errors import InvalidInputError, NotAllowedError, WrongStateError
from commission_app.core.events import Event
from commission_app.core.outbox import run_due
from commission_app.core.retention import forget_what_is_due
from commission_app.dossiers.agreement.models import SharingAgreement
from commission_app.dossiers.agreement.queries import current_agreement
from commission_app.dossiers.retention.notifications import look_after
from commission_app.dossiers.services import end_sharing
from commission_app.dossiers.states import DossierState
from commission_app.sessions.agenda.publication.services import publish_agenda
from commission_app.sessions.agenda.services import place_dossier, start_agenda
from commission_app.sessions.convening.guests.services import invite_guest, revoke_guest
from commission_app.sessions.convening.models import Guest
from commission_app.sessions.hours import day_of, local_moment
from commission_app.sessions.services import cancel_session
from commission_app.sessions.states import ItemKind, ItemState, SessionState
from tests.clients import client_of
from tests.databases import settle
from tests.factories import make_dossier, make_item
from tests.sessions.agenda.conftest import stage as _stage

stage = _stage
GUEST = {"name": "Iris Glycine", "email": "iris.glycine@exemple.invalid", "organisation": "Atelier vélo"}


@pytest.fixture
def scene(stage, app):
    """Two situations and an offer stand on the agenda; Iris comes for the first and the offer."""
    start_agenda(stage.nora, stage.day)
    first, second = (place_dossier(stage.nora, stage.day, dossier) for dossier in stage.dossiers)
    offer = make_item(stage.day, ItemKind.OFFER, title="Un atelier vélo", text="Réparer et prêter.")
    points = [first.id, offer.id]
    guest = invite_guest(stage.nora, stage.day, **GUEST, points=points)
    db.session.flush()
    stage.dossiers[0].question = "Comment aller au travail avant six heures ?"
    return SimpleNamespace(
        app=app, stage=stage, day=stage.day, first=first, second=second, offer=offer, guest=guest
    )


@pytest.fixture
def link(scene, mails):
    """The path of the link in the mail."""
    settle()
    run_due()
    mail = next(mail for mail in mails if mail["To"] == GUEST["email"])
    text = mail.get_body(("plain",)).get_content()
    assert "ARL-" not in text + mail["Subject"]
    return re.search(r"/invite/\S+", text).group()


@pytest.fixture
def eve(scene):
    """The clock stands on the day before, at noon."""
    with clock.frozen(local_moment(day_of(scene.day) - timedelta(days=1), time(12))):
        yield


def open_point(visitor, link, item):
    """The guest opens a point: what the browser shows."""
    return visitor.submit(f"{link}/points/{item.id}", page=link)


def test_the_link_opens_the_listed_points_alone(scene, link, eve):
    iris = client_of(scene.app)
    iris.forbidden = {"Claire Essai", scene.second.dossier.code, scene.second.dossier.question}
    page = iris.get(link).text
    assert scene.first.dossier.code in page
    assert "Un atelier vélo" in page
    assert "Salle des Alyscamps" in page
    assert scene.first.dossier.question not in page
    iris.forbidden = {scene.second.dossier.code}
    assert open_point(iris, link, scene.first).status_code == 303
    assert scene.first.dossier.question in iris.get(f"{link}/points/{scene.first.id}").text
    assert open_point(iris, link, scene.second).status_code == 410


def test_each_reading_leaves_a_trace(scene, link, eve):
    iris = client_of(scene.app)
    iris.get(link)
    assert db.session.get(Guest, scene.guest.id).read_at is None
    open_point(iris, link, scene.first)
    trace = db.session.scalars(select(Event).where(Event.name == "guest_read")).one()
    assert (trace.subject_id, trace.data) == (scene.guest.id, {"item": str(scene.first.id)})
    assert trace.commission_session_id == scene.day.id
    assert db.session.get(Guest, scene.guest.id).read_at is not None


def test_another_browser_is_asked_before_it_reads(scene, link, eve):
    open_point(client_of(scene.app), link, scene.first)
    other = client_of(scene.app).get(f"{link}/points/{scene.first.id}").text
    assert scene.first.dossier.question not in other
    assert "Lire la présentation" in other


@pytest.mark.parametrize(
    ("days", "hour", "status", "opens"),
    [(-2, 23, 200, False), (-1, 0, 200, True), (0, 20, 200, True), (0, 21, 410, False), (1, 9, 410, False)],
)
def test_the_link_opens_from_the_day_before_to_the_evening(scene, link, days, hour, status, opens):
    with clock.frozen(local_moment(day_of(scene.day) + timedelta(days=days), time(hour))):
        answer = client_of(scene.app).get(link)
    assert answer.status_code == status
    assert (scene.first.dossier.code in answer.text) is opens


def test_revoked_over_and_unknown_answer_alike(scene, link, eve, mails):
    revoke_guest(scene.stage.nora, scene.guest)
    visitor = client_of(scene.app)
    revoked, unknown = visitor.get(link), visitor.get("/invite/nothing")
    assert (revoked.status_code, revoked.text) == (410, unknown.text)
    assert "Demandez un nouveau lien" in revoked.text
    run_due()
    assert "annulée" in mails[-1]["Subject"]


def test_when_the_agreement_ends_the_point_vanishes(scene, link, eve):
    iris = client_of(scene.app)
    open_point(iris, link, scene.first)
    end_sharing(None, db.session.get(type(scene.first.dossier), scene.first.dossier_id), reason="withdrawn")
    code = scene.first.dossier.code
    assert code not in iris.get(link).text
    assert iris.get(f"{link}/points/{scene.first.id}").status_code == 410


def test_a_situation_shared_with_some_structures_is_closed_to_guests(scene, link, eve):
    agreement = db.session.get(SharingAgreement, current_agreement(scene.first.dossier_id).id)
    agreement.scope = [str(scene.stage.health.id)]
    assert scene.first.dossier.code not in client_of(scene.app).get(link).text


def test_hours_are_those_published_then_those_of_the_day(scene, link):
    with clock.frozen(local_moment(day_of(scene.day) - timedelta(days=1), time(12))):
        publish_agenda(scene.stage.nora, scene.day, after=0)
        before = client_of(scene.app).get(link).text
    day = db.session.get(type(scene.day), scene.day.id)
    item = db.session.get(type(scene.first), scene.first.id)
    with clock.frozen(local_moment(day_of(scene.day), time(10))):
        day.state, item.state, item.started_at = SessionState.LIVE, ItemState.LIVE, clock.now()
        during = client_of(scene.app).get(link).text
    assert "n’a pas commencé" in before
    assert "C’est votre tour" in during
    assert "hx-get" in before
    assert 'data-live-audience="guests"' in during


def test_the_page_asks_again_for_its_fragment(scene, link, eve):
    fragment = client_of(scene.app).get(link, headers={"HX-Request": "true"}).text
    assert fragment.strip().startswith("<section")
    assert "<html" not in fragment


@pytest.mark.parametrize("case", ["none", "break", "elsewhere"])
def test_points_that_a_guest_may_not_read_are_refused(scene, case):
    stage = scene.stage
    pause = make_item(stage.day, ItemKind.BREAK, title="Pause")
    other = make_item(stage.day, title="Reporté", state=ItemState.POSTPONED)
    points = {"none": [], "break": [pause.id], "elsewhere": [other.id]}[case]
    with pytest.raises(InvalidInputError):
        invite_guest(stage.nora, stage.day, **GUEST, points=points)


def test_only_the_coordination_invites_and_only_before_the_end(scene):
    stage = scene.stage
    with pytest.raises(NotAllowedError):
        invite_guest(stage.amina, stage.day, **GUEST, points=[scene.offer.id])
    stage.day.state = SessionState.CLOSED
    with pytest.raises(WrongStateError):
        invite_guest(stage.nora, stage.day, **GUEST, points=[scene.offer.id])


def test_nora_invites_sees_and_revokes_from_the_convening_page(stage, client_for, mails):
    stage.day.state = SessionState.CONVENED
    start_agenda(stage.nora, stage.day)
    item = place_dossier(
        stage.nora, stage.day, make_dossier(stage.claire, stage.territory, DossierState.RETAINED)
    )
    db.session.flush()
    nora, base = client_for(stage.nora), f"{stage.base}/invites"
    assert item.name in nora.get(f"{base}/nouveau").text
    refused = nora.submit(f"{base}/nouveau", {**GUEST, "email": "iris"})
    assert refused.status_code == 422
    assert "Iris Glycine" in refused.text
    assert nora.submit(f"{base}/nouveau", {**GUEST, "points": str(item.id)}).status_code == 303
    page = nora.get(f"{stage.base}/convocations").text
    assert "Iris Glycine" in page
    guest = db.session.scalars(select(Guest)).one()
    assert nora.submit(f"{base}/{guest.id}/renvoyer").status_code == 303
    assert nora.submit(f"{base}/{guest.id}/retirer").status_code == 303
    assert "Invitation retirée le" in nora.get(f"{stage.base}/convocations").text
    assert nora.submit(f"{base}/{guest.id}/retirer").status_code == 409


def test_a_cancelled_day_is_told_to_its_guests(scene, mails):
    run_due()
    cancel_session(scene.stage.nora, scene.day, reason="Grève des transports.", version=scene.day.version)
    settle()
    run_due()
    assert any(m["To"] == GUEST["email"] and "annulée" in m["Subject"] for m in mails)


def test_an_address_with_an_accent_is_refused_beside_its_field(scene, client_for):
    client, url = client_for(scene.stage.nora), f"/sessions/{scene.day.id}/invites/nouveau"
    form = {**GUEST, "email": "irène@exemple.fr", "points": str(scene.offer.id)}
    page = client.submit(url, form, page=url)
    assert page.status_code == 422
    assert page.text.count("une adresse électronique ne porte pas d’accent") == 2
    with pytest.raises(InvalidInputError):
        invite_guest(scene.stage.nora, scene.day, **{**GUEST, "email": "a@é.fr"}, points=[scene.offer.id])


def days_after(day, days):
    """The clock so many days after the end of a day."""
    return clock.frozen(day.ends_at + timedelta(days=days))


def test_who_a_guest_was_is_forgotten_after_its_delay(app, scene, client_for, mails):
    days, guest_id = app.extensions["commission_config"].guest_days, scene.guest.id
    run_due()
    with days_after(scene.day, days - 1):
        look_after({})
        assert db.session.get_one(Guest, guest_id).name == GUEST["name"]
    with days_after(scene.day, days + 1):
        counted = app.test_cli_runner().invoke(args=["dossiers", "erase", "--dry-run"]).output
        assert "Invités : 1 à effacer." in counted
        assert db.session.get_one(Guest, guest_id).name == GUEST["name"]
        assert "Invités : 1 effacés." in app.test_cli_runner().invoke(args=["dossiers", "erase"]).output
        db.session.expire_all()
        kept = db.session.get_one(Guest, guest_id)
        assert (kept.name, kept.email, kept.organisation) == ("", "", GUEST["organisation"])
        assert forget_what_is_due(dry_run=True)["Invités"] == 0
    page = client_for(scene.stage.nora).get(f"/sessions/{scene.day.id}/convocations").text
    assert "Nom effacé" in page
    assert not [word for word in (GUEST["name"], GUEST["email"]) if word in page]
