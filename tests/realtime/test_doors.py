"""Who gets in, who is cut off, and what a client cannot do."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
import requests
import socketio
from sqlalchemy import select, update

from commission_app.accounts.models import Login, User
from commission_app.accounts.states import Role
from commission_app.core import clock
from commission_app.core.db import db
from commission_app.core.events import record
from commission_app.sessions.convening.models import Invitation
from commission_app.sessions.day.room import services as room
from tests.databases import settle
from tests.factories import make_user
from tests.realtime.people import cookies_of
from tests.servers import PATIENCE_SECONDS, until
from tests.sessions.day.scene import make_scene, outsider

Refused = socketio.exceptions.ConnectionError


def test_each_person_stands_in_the_audiences_that_the_database_gives(app, follower, scene):
    screen = room.create_screen_link(scene.salome, scene.day)
    settle()
    salome, leonie, beamer = follower(scene.salome), follower(scene.leonie), follower(screen=screen)
    for one in (salome, leonie, beamer):
        one.join()
    assert leonie.act(f"{scene.url}/main-levee").status_code == 200
    until(lambda: salome.received["facilitation"] and leonie.received["members"], "the hand")
    until(lambda: beamer.received["screen"], "the screen")
    assert not leonie.received["facilitation"]
    assert not leonie.received["screen"]
    assert {event for event, messages in beamer.received.items() if messages} == {"screen", "version"}
    assert "Léonie" in salome.last("facilitation")["fragments"]["parole"]


def test_who_does_not_take_part_stays_outside(app, follower, scene):
    for person in (outsider(), make_user("Paul", Role.PILOT), make_user("Anne", Role.ADMINISTRATOR)):
        with pytest.raises(Refused):
            follower(person).join()
    with pytest.raises(Refused):
        follower(session="forged").join()
    with pytest.raises(Refused):
        follower(screen="unknown").join()


def test_another_day_is_never_heard(follower, scene):
    other = make_scene(code="MAR")
    settle()
    stranger = follower(other.leonie, session_id=other.day.id).join()
    leonie = follower(scene.leonie).join()
    leonie.act(f"{scene.url}/main-levee")
    until(lambda: leonie.received["members"], "the own day")
    assert not stranger.received["members"]
    with pytest.raises(Refused):
        follower(other.leonie, session_id=scene.day.id).join()


def ends_login(scene):
    db.session.execute(update(Login).where(Login.user_id == scene.leonie.id).values(ended_at=clock.now()))


def closes_account(scene):
    db.session.execute(update(User).where(User.id == scene.leonie.id).values(closed_at=clock.now()))


def removes_invitation(scene):
    query = select(Invitation).where(Invitation.user_id == scene.leonie.id)
    invitation = db.session.scalars(query).one()
    invitation.removed_at = clock.now()
    record(scene.ines, "invitation_removed", invitation)


@pytest.mark.parametrize("take_away", [ends_login, closes_account, removes_invitation])
def test_a_right_withdrawn_hangs_up_within_a_second(follower, scene, take_away):
    leonie, hugo = follower(scene.leonie).join(), follower(scene.hugo).join()
    take_away(scene)
    settle()
    began = time.monotonic()
    assert leonie.cut.wait(3)
    assert time.monotonic() - began < 1.0
    heard = len(leonie.received["members"])
    hugo.act(f"{scene.url}/main-levee")
    until(lambda: hugo.received["members"], "the hand")
    assert len(leonie.received["members"]) == heard
    assert hugo.socket.connected


def test_who_comes_in_while_the_right_is_taken_away_stays_outside(app, follower, scene, monkeypatch):
    passes = app.extensions["commission_passes"]
    look, has_read, is_taken = passes.audiences_of, threading.Event(), threading.Event()

    def slowly(visitor, day_id):
        found = look(visitor, day_id)
        has_read.set()
        assert is_taken.wait(PATIENCE_SECONDS)
        return found

    monkeypatch.setattr(passes, "audiences_of", slowly)
    leonie = follower(scene.leonie)
    with ThreadPoolExecutor(1) as beside:
        coming = beside.submit(leonie.join)
        assert has_read.wait(PATIENCE_SECONDS)
        removes_invitation(scene)
        settle()
        is_taken.set()
        assert isinstance(coming.exception(), Refused)


def test_a_screen_link_withdrawn_darkens_the_screen_within_a_second(follower, scene):
    secret = room.create_screen_link(scene.salome, scene.day)
    settle()
    beamer = follower(screen=secret).join()
    room.revoke_screen_links(scene.salome, scene.day)
    settle()
    began = time.monotonic()
    assert beamer.cut.wait(3)
    assert time.monotonic() - began < 1.0


@pytest.mark.parametrize("transport", ["websocket", "polling"])
def test_a_foreign_origin_is_refused(app, follower, live, scene, transport):
    with pytest.raises(Refused):
        follower(scene.leonie).join((transport,), Origin="https://ailleurs.invalid")
    follower(scene.leonie).join((transport,), Origin=live.url)


def test_a_foreign_origin_gets_no_answer_to_read(live):
    address = f"{live.url}/socket.io/?EIO=4&transport=polling"
    answer = requests.get(address, headers={"Origin": "https://ailleurs.invalid"})
    assert answer.status_code == 400
    assert "Access-Control-Allow-Origin" not in answer.headers


def test_long_polling_serves_where_websockets_are_refused(follower, scene):
    leonie = follower(scene.leonie).join(("polling",))
    leonie.act(f"{scene.url}/main-levee")
    until(lambda: leonie.received["members"], "the hand")
    assert "demandes" in leonie.last("members")["fragments"]


@pytest.mark.parametrize(
    "auth",
    [{"session": 12}, {"session": ["x"]}, {"session": None}, {"session": "x" * 36}, "session", [1], {}],
)
def test_a_day_named_otherwise_than_by_its_identifier_is_refused(follower, scene, auth):
    with pytest.raises(Refused):
        follower(scene.leonie).join(auth=auth)


def test_unknown_events_are_refused_counted_and_at_last_cut(app, follower, scene):
    guard = app.extensions["commission_guard"]
    before = guard.refused["unknown_event"]
    hugo, leonie = follower(scene.hugo).join(), follower(scene.leonie).join()
    for _ in range(21):
        hugo.socket.emit("join", {"room": f"session:{scene.day.id}:facilitation"})
    assert hugo.cut.wait(3)
    assert guard.refused["unknown_event"] > before
    assert leonie.socket.connected
    assert not hugo.received["facilitation"]


def test_a_flood_cuts_its_author_alone(app, follower, scene):
    hugo, leonie = follower(scene.hugo).join(), follower(scene.leonie).join()
    guard = app.extensions["commission_guard"]
    guard.refused.clear()
    for _ in range(220):
        if hugo.cut.is_set():
            break
        hugo.socket.eio.send('2["x"]')
    assert hugo.cut.wait(3)
    assert leonie.socket.connected


@pytest.mark.parametrize("transport", ["websocket", "polling"])
def test_a_message_above_64_kb_cuts_its_author(follower, scene, transport):
    hugo, leonie = follower(scene.hugo).join((transport,)), follower(scene.leonie).join()
    hugo.socket.emit("note", "x" * 70_000)
    assert hugo.cut.wait(5)
    assert leonie.socket.connected


def test_a_message_that_is_none_cuts_its_author(follower, scene):
    hugo = follower(scene.hugo).join()
    hugo.socket.eio.send("9not a packet")
    assert hugo.cut.wait(3)


def test_who_is_connected_is_told_to_the_facilitators(follower, scene):
    salome = follower(scene.salome).join()
    leonie = follower(scene.leonie).join()
    until(lambda: len(salome.last("presence")["people"]) == 2, "both")
    assert str(scene.leonie.id) in salome.last("presence")["people"]
    leonie.leave()
    until(lambda: len(salome.last("presence")["people"]) == 1, "the departure")
    assert not leonie.received["presence"]


def test_the_cookie_of_somebody_signed_out_opens_nothing(app, follower, scene):
    cookies = cookies_of(app, scene.leonie)
    ends_login(scene)
    settle()
    with pytest.raises(Refused):
        follower(**cookies).join()


def test_a_client_may_say_that_it_comes_and_goes_and_write_notes_and_nothing_else(app):
    """The table of socket events: one more is one more door, and needs its row and its tests here."""
    handlers = app.extensions["socketio"].server.handlers
    assert {namespace: set(events) for namespace, events in handlers.items()} == {
        "/": {"connect", "disconnect", "behind", "*", "notes:open", "notes:write", "notes:look"}
    }
