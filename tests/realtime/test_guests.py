"""A guest's line: it says that something happened, the page says what, and it ends with the right to read."""

import threading
import time
from datetime import timedelta

import pytest
import socketio

from commission_app.core import clock
from commission_app.dossiers.agreement.services import withdraw_agreement
from commission_app.sessions.convening.guests.links import guest_url
from commission_app.sessions.convening.guests.services import invite_guest, revoke_guest
from commission_app.sessions.day.services import open_item
from commission_app.sessions.decisions import services as deciding
from commission_app.sessions.states import DecisionKind
from tests.clients import client_of
from tests.databases import settle
from tests.servers import PATIENCE_SECONDS, until
from tests.sessions.day.scene import decide, make_scene

IRIS = {"name": "Iris Glycine", "email": "iris.glycine@exemple.invalid", "organisation": "Atelier vélo"}
READ = "Un vélo est prêté pour six mois."


def invited(scene, *items):
    """A guest of these points, and the secret of the link."""
    guest = invite_guest(scene.ines, scene.day, **IRIS, points=[item.id for item in items])
    token = guest_url(guest).rpartition("/")[2]
    settle()
    return guest, token


@pytest.fixture
def iris(scene, follower):
    """Iris follows from the first point, for which she comes."""
    guest, token = invited(scene, scene.first)
    page = follower(guest=token).join()
    page.guest, page.token = guest, token
    return page


def shown(page):
    """What the page of the guest asks for when it hears something."""
    address = f"{page.url}/invite/{page.token}?direct=1"
    return page.http.get(address, headers={"HX-Request": "true"})


def test_a_guest_hears_that_something_happened_and_reads_the_own_point_alone(scene, follower, iris):
    salome = follower(scene.salome).join()
    heard = len(iris.received["version"])
    draft = deciding.write_draft(scene.salome, scene.first, kind=DecisionKind.SOLUTION, text=READ, version=0)
    deciding.read_back(scene.salome, draft, version=draft.version)
    settle()
    until(lambda: len(iris.received["version"]) > heard, "the word that something happened")
    until(lambda: salome.received["facilitation"], "the same act on the desk")
    assert set(filter(iris.received.get, iris.received)) == {"version"}
    page = shown(iris).text
    assert READ in page
    assert f'data-version="{iris.last("version")["version"]}"' in page
    open_item(scene.salome, scene.day, scene.second)
    decide(scene, scene.second)
    settle()
    page = shown(iris).text
    assert READ not in page
    assert "Un logement relais" not in page


def test_the_page_of_a_live_day_lets_its_line_in_and_another_day_does_not(app, scene, follower):
    _guest, token = invited(scene, scene.first)
    visitor = client_of(app)
    page = visitor.get(f"/invite/{token}")
    assert 'data-live-audience="guests"' in page.get_data(as_text=True)
    cookie = visitor.get_cookie("guest", path="/socket.io")
    assert cookie is not None
    assert cookie.http_only
    follower(guest=cookie.value).join()
    other = make_scene(code="MAR")
    settle()
    with pytest.raises(socketio.exceptions.ConnectionError):
        follower(guest=cookie.value, session_id=other.day.id).join()


def test_before_the_day_begins_there_is_no_line(app, follower):
    waiting = make_scene(started=False, code="MAR")
    _guest, token = invited(waiting, waiting.first)
    with pytest.raises(socketio.exceptions.ConnectionError):
        follower(guest=token, session_id=waiting.day.id).join()
    visitor = client_of(app)
    assert "live.js" not in visitor.get(f"/invite/{token}").get_data(as_text=True)
    follows = visitor.get(f"/invite/{token}?direct=1", headers={"HX-Request": "true"})
    assert follows.headers["HX-Refresh"] == "true"


def takes_the_invitation_back(scene, guest):
    revoke_guest(scene.ines, guest)


def takes_the_agreement_back(scene, _guest):
    withdraw_agreement(scene.referent, scene.first.dossier)


@pytest.mark.parametrize("take_away", [takes_the_invitation_back, takes_the_agreement_back])
def test_a_guest_whose_right_ends_is_hung_up_within_a_second(scene, follower, iris, take_away):
    leonie = follower(scene.leonie).join()
    take_away(scene, iris.guest)
    settle()
    began = time.monotonic()
    assert iris.cut.wait(3)
    assert time.monotonic() - began < 1.0
    assert leonie.socket.connected
    with pytest.raises(socketio.exceptions.ConnectionError):
        follower(guest=iris.token).join()


def test_who_is_invited_and_comes_while_rights_are_being_read_stays(app, scene, follower, monkeypatch):
    lines, _broadcaster, watch = app.extensions["commission_live"]
    changed, is_reading, has_come = watch._rights_changed, threading.Event(), threading.Event()

    def slowly():
        changed()
        is_reading.set()
        return has_come.wait(PATIENCE_SECONDS)

    monkeypatch.setattr(watch, "_rights_changed", slowly)
    look = threading.Thread(target=watch._look, args=([],))
    look.start()
    assert is_reading.wait(PATIENCE_SECONDS)
    guest, token = invited(scene, scene.first)
    follower(guest=token).join()
    has_come.set()
    look.join()
    assert [line.visitor.guest_id for line in lines.all()] == [guest.id]


def test_a_link_taken_back_leaves_nothing_on_the_screen(scene, iris):
    revoke_guest(scene.ines, iris.guest)
    settle()
    gone = shown(iris)
    assert (gone.status_code, gone.text, gone.headers["HX-Refresh"]) == (410, "", "true")


def test_the_line_ends_with_the_evening(app, scene, iris):
    _lines, _broadcaster, watch = app.extensions["commission_live"]
    with clock.frozen(clock.now() + timedelta(days=1)):
        watch.wake()
        assert iris.cut.wait(3)
