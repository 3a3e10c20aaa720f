"""What goes out after an act: what changed, to whom, in which version; and the fragment equals the page."""

import json

import pytest
from bs4 import BeautifulSoup

from commission_app.core import clock
from commission_app.core.db import db
from commission_app.sessions.day.answers import OWN
from commission_app.sessions.day.fragments import FRAGMENTS, Audience, fragments_of
from commission_app.sessions.day.notes.queries import print_of
from commission_app.sessions.day.notes.services import save_notes
from commission_app.sessions.day.room import services as room
from commission_app.sessions.day.snapshot import live_view
from commission_app.sessions.decisions import services as deciding
from commission_app.sessions.models import CommissionSession
from commission_app.sessions.states import DecisionKind, Stance
from tests.databases import settle
from tests.servers import until


def version_of(scene):
    settle()
    return db.session.get(CommissionSession, scene.day.id).live_version


def test_an_act_grows_the_version_by_one_and_sends_what_changed(follower, scene):
    leonie = follower(scene.leonie).join()
    leonie.act(f"{scene.url}/main-levee")
    until(lambda: len(leonie.received["members"]) == 1, "the first act")
    leonie.act(f"{scene.url}/main-baissee")
    until(lambda: len(leonie.received["members"]) == 2, "the second act")
    first, second = leonie.received["members"]
    assert second["version"] == first["version"] + 1 == version_of(scene)
    assert first["since"] == 0
    assert set(first["fragments"]) == set(FRAGMENTS[Audience.MEMBERS])
    assert second["since"] == first["version"]
    assert set(second["fragments"]) == {"demandes"}


def test_a_refused_act_sends_nothing_and_changes_no_version(follower, scene):
    yves = follower(scene.yves).join()
    before = version_of(scene)
    answer = yves.act(f"{scene.url}/pause", page="pupitre")
    assert answer.status_code == 403
    assert "Salomé" in answer.text
    assert version_of(scene) == before
    assert not yves.received["facilitation"]


def test_an_act_whose_broadcast_fails_stands_and_is_called_out(app, follower, scene, monkeypatch):
    _lines, broadcaster, _watch = app.extensions["commission_live"]
    leonie, hugo = follower(scene.leonie).join(), follower(scene.hugo).join()
    leonie.act(f"{scene.url}/main-levee")
    until(lambda: hugo.received["members"], "the first act")
    send, heard = broadcaster._send_to, len(hugo.received["version"])

    def fails(*_given):
        monkeypatch.setattr(broadcaster, "_send_to", send)
        raise OSError("The line to the bus is cut.")

    monkeypatch.setattr(broadcaster, "_send_to", fails)
    answer = leonie.act(f"{scene.url}/main-baissee")
    assert answer.status_code == 200
    assert f'data-version="{version_of(scene)}"' in answer.text
    until(lambda: len(hugo.received["version"]) > heard, "the watch")
    assert hugo.last("version")["version"] == version_of(scene)
    leonie.act(f"{scene.url}/main-levee")
    until(lambda: len(hugo.received["members"]) == 2, "the act after")
    assert hugo.last("members")["since"] == 0
    assert set(hugo.last("members")["fragments"]) == set(FRAGMENTS[Audience.MEMBERS])


def test_a_newcomer_is_told_the_version_and_asks_again_when_behind(follower, scene):
    leonie = follower(scene.leonie)
    shown = version_of(scene)
    room.raise_hand(scene.hugo, scene.day)
    settle()
    leonie.join()
    assert leonie.last("version")["version"] == shown + 1
    page = leonie.http.get(f"{leonie.url}{scene.url}/en-direct", headers={"HX-Request": "true"}).text
    assert f'data-version="{shown + 1}"' in page
    assert page.count("<hx-partial") == len(FRAGMENTS[Audience.MEMBERS]) + len(OWN) + 2


def test_everyone_sees_a_decision_fall(follower, scene):
    salome, leonie = follower(scene.salome).join(), follower(scene.leonie).join()
    typed = {"kind": "solution", "text": "Un logement relais est réservé.", "version": 0, "step": "read"}
    point = f"{scene.url}/points/{scene.first.id}"
    assert salome.act(f"{point}/projet", typed, "pupitre").status_code == 200
    until(lambda: leonie.received["members"], "the reading")
    assert "pas encore actée" in leonie.last("members")["fragments"]["relecture"]
    draft = live_view(scene.day.id).draft
    sent = {"draft_id": draft.id, "version": draft.version}
    assert salome.act(f"{point}/decisions", sent, "pupitre").status_code == 200
    until(lambda: len(leonie.received["members"]) == 2, "the decision")
    assert "Un logement relais est réservé." in leonie.last("members")["fragments"]["decisions-du-jour"]


def test_no_frame_ever_carries_an_identity(follower, scene):
    people = [follower(person).join() for person in (scene.salome, scene.leonie)]
    secret = room.create_screen_link(scene.salome, scene.day)
    settle()
    people.append(follower(screen=secret).join())
    salome = people[0]
    for path in ("point-suivant", "point-suivant"):
        shown = live_view(scene.day.id)
        salome.act(f"{scene.url}/{path}", {"seen": shown.current.point.id}, "pupitre")
    until(lambda: all(any(one.received[a] for a in Audience) for one in people), "frames")
    frames = json.dumps([one.received for one in people], ensure_ascii=False)
    assert "Canari" not in frames
    assert "06 39 98" not in frames
    assert "csrf" not in frames.lower()


@pytest.mark.parametrize("audience", list(Audience))
def test_a_fragment_equals_the_page(app, client, client_for, scene, audience):
    draft = deciding.write_draft(
        scene.salome, scene.first, kind=DecisionKind.SOLUTION, text="Un logement relais.", version=0
    )
    deciding.read_back(scene.salome, draft, version=draft.version)
    deciding.take_stance(scene.leonie, draft, stance=Stance.RESERVED, words="sous réserve du coût")
    room.raise_hand(scene.hugo, scene.day)
    save_notes(scene.yves, scene.day, scene.first, text="Une note.", seen=print_of(""))
    secret = room.create_screen_link(scene.salome, scene.day)
    settle()
    with clock.frozen(clock.now()):
        page = BeautifulSoup(page_of(client, client_for, scene, audience, secret), "html.parser")
        rendered = fragments_of(live_view(scene.day.id), audience)
    for name, html in rendered.items():
        fragment = BeautifulSoup(html, "html.parser").find(id=name)
        assert fragment == page.find(id=name), name


def page_of(client, client_for, scene, audience, secret):
    """The whole page of an audience."""
    if audience is Audience.SCREEN:
        client.get(f"/ecran/{secret}")
        return client.get("/ecran").get_data(as_text=True)
    page = "pupitre" if audience is Audience.FACILITATION else "en-direct"
    return client_for(scene.salome).get(f"{scene.url}/{page}").get_data(as_text=True)


def test_the_secret_of_the_screen_leaves_the_address_at_once(client, scene):
    secret = room.create_screen_link(scene.salome, scene.day)
    settle()
    answer = client.get(f"/ecran/{secret}")
    assert answer.status_code == 303
    assert answer.location == "/ecran"
    assert client.get("/ecran").status_code == 200
    assert client.get("/ecran/faux").status_code == 404


def test_an_agreement_withdrawn_takes_the_situation_off_every_screen(follower, scene):
    from commission_app.core.events import record
    from commission_app.dossiers.states import DossierState

    leonie = follower(scene.leonie).join()
    scene.first.dossier.state = DossierState.WITHDRAWN
    record(scene.referent, "dossier_withdrawn", scene.first.dossier)
    settle()
    until(lambda: leonie.received["members"], "the withdrawal")
    assert "Quel hébergement" not in json.dumps(leonie.received, ensure_ascii=False)
    page = leonie.http.get(f"{leonie.url}{scene.url}/en-direct").text
    assert "Quel hébergement" not in page


def test_an_arrival_noted_by_somebody_else_is_told_to_the_page_of_who_arrived(follower, scene):
    salome, leonie = follower(scene.salome).join(), follower(scene.leonie).join()
    answer = salome.act(f"{scene.url}/presences/{scene.leonie.id}/arrivee", page="presences")
    assert answer.status_code == 200
    until(lambda: leonie.received["members"], "the arrival")
    told = BeautifulSoup(leonie.last("members")["fragments"]["presents"], "html.parser").find(id="presents")
    page = BeautifulSoup(leonie.http.get(f"{leonie.url}{scene.url}/en-direct").text, "html.parser")
    noted = page.find(id="ma-presence")["data-arrived"]
    assert told["data-there"].split() == [f"{scene.leonie.id}={noted}"]
