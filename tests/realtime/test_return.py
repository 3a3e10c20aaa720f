"""Who comes back is given what was missed, by rights that are those of this moment."""

import threading
import uuid

import pytest
import socketio

from commission_app.core import clock
from commission_app.core.db import db
from commission_app.core.events import record
from commission_app.realtime import turnstile
from commission_app.realtime.lines import Visitor
from commission_app.realtime.passes import Passes
from commission_app.realtime.turnstile import PASSING, Passing
from commission_app.sessions.convening.models import Invitation
from commission_app.sessions.day import services
from commission_app.sessions.day.fragments import Audience
from tests.databases import settle
from tests.servers import until

Refused = socketio.exceptions.ConnectionError


def shows(scene, audience, version):
    return {"session": str(scene.day.id), "audience": audience, "version": version}


def test_a_page_that_comes_back_is_given_the_day_as_it_stands(follower, scene):
    leonie = follower(scene.leonie).join()
    leonie.act(f"{scene.url}/main-levee")
    until(lambda: leonie.received["members"], "the act")
    hugo = follower(scene.hugo).join(auth=shows(scene, "members", 0))
    given = hugo.last("members")
    assert given["since"] == 0
    assert given["version"] == leonie.last("members")["version"] == hugo.last("version")["version"]
    assert "Léonie" in given["fragments"]["demandes"]
    assert given["fragments"] == given["fragments"] | leonie.last("members")["fragments"]


def test_a_page_that_missed_nothing_is_given_nothing(follower, scene):
    version = follower(scene.leonie).join().last("version")["version"]
    hugo = follower(scene.hugo).join(auth=shows(scene, "members", version))
    assert not hugo.received["members"]


def test_a_page_that_missed_something_asks_for_it_over_its_line(follower, scene):
    leonie = follower(scene.leonie).join()
    leonie.act(f"{scene.url}/main-levee")
    until(lambda: leonie.received["members"], "the act")
    leonie.socket.emit("behind", shows(scene, "members", 0))
    until(lambda: len(leonie.received["members"]) == 2, "the whole day")
    sent, given = leonie.received["members"]
    assert (given["since"], given["version"]) == (0, sent["version"])
    assert given["fragments"] == given["fragments"] | sent["fragments"]


@pytest.mark.parametrize("said", ["members", None, [], {}, {"audience": "facilitation", "version": 0}, 7])
def test_nobody_is_given_more_by_asking_so(follower, scene, said):
    leonie = follower(scene.leonie).join()
    leonie.socket.emit("behind", said)
    leonie.socket.emit("behind", shows(scene, "members", 0))
    until(lambda: leonie.received["members"], "the answer to the second question")
    assert {event for event, messages in leonie.received.items() if messages} == {"version", "members"}
    assert len(leonie.received["members"]) == 1


def test_what_was_done_while_nobody_was_there_is_no_gap(app, follower, scene):
    leonie = follower(scene.leonie).join()
    leonie.act(f"{scene.url}/main-levee")
    until(lambda: leonie.received["members"], "an act that was sent")
    leonie.leave()
    until(lambda: not app.extensions["commission_live"][0].all(), "nobody there")
    leonie.act(f"{scene.url}/main-baissee")
    hugo = follower(scene.hugo).join(auth=shows(scene, "members", 0))
    given = hugo.last("members")
    hugo.act(f"{scene.url}/main-levee")
    until(lambda: len(hugo.received["members"]) == 2, "the next act")
    assert hugo.last("members")["since"] in {0, given["version"]}


@pytest.mark.parametrize("audience", ["facilitation", "screen", "everybody", ["members"], None])
def test_a_page_is_given_no_more_than_its_audience(follower, scene, audience):
    leonie = follower(scene.leonie).join(auth=shows(scene, audience, 0))
    assert {event for event, messages in leonie.received.items() if messages} == {"version"}


@pytest.mark.parametrize("version", ["0", True, None, 1.5])
def test_a_version_that_is_none_is_no_reason_to_refuse(follower, scene, version):
    leonie = follower(scene.leonie).join(auth=shows(scene, "members", version))
    assert not leonie.received["members"]


def test_the_next_act_builds_on_what_was_given(follower, scene):
    leonie = follower(scene.leonie).join()
    leonie.act(f"{scene.url}/main-levee")
    until(lambda: leonie.received["members"], "the act")
    hugo = follower(scene.hugo).join(auth=shows(scene, "members", 0))
    leonie.act(f"{scene.url}/main-baissee")
    until(lambda: len(hugo.received["members"]) == 2, "the next act")
    assert hugo.last("members")["since"] == hugo.received["members"][0]["version"]


def test_who_was_uninvited_comes_back_no_more(follower, scene):
    hugo = follower(scene.hugo).join()
    hugo.leave()
    follower(scene.hugo).join().leave()  # by what was read a moment ago
    invitation = db.session.query(Invitation).filter_by(user_id=scene.hugo.id).one()
    invitation.removed_at = clock.now()
    record(scene.ines, "invitation_removed", invitation)
    settle()
    with pytest.raises(Refused):
        follower(scene.hugo).join()


def test_rights_are_read_once_until_they_change():
    asked = []

    def look(visitor, day_id):
        asked.append(visitor)
        return frozenset({Audience.MEMBERS})

    passes, day_id = Passes(look), uuid.uuid4()
    one, other = Visitor(user_id=uuid.uuid4()), Visitor(user_id=uuid.uuid4())
    for visitor in (one, one, other, other):
        assert passes.audiences_of(visitor, day_id) == {Audience.MEMBERS}
    passes.audiences_of(one, uuid.uuid4())
    assert asked == [one, other, one]
    spell = passes.spell
    passes.end()
    assert passes.spell != spell
    assert not passes.are_held()
    passes.audiences_of(one, day_id)
    assert len(asked) == 4


def test_what_was_read_while_rights_changed_is_kept_for_nobody():
    def look(_visitor, _day_id):
        passes.end()
        asked.append(1)
        return frozenset({Audience.MEMBERS})

    asked, visitor, day_id = [], Visitor(user_id=uuid.uuid4()), uuid.uuid4()
    passes = Passes(look)
    passes.audiences_of(visitor, day_id)
    passes.audiences_of(visitor, day_id)
    assert len(asked) == 2


def test_an_act_waits_for_nobody_who_comes_back(follower, scene, live):
    salome = follower(scene.salome).join()
    with PASSING.gate, PASSING.gate:
        asking = threading.Thread(
            target=salome.http.get,
            args=(f"{live.url}{scene.url}/pupitre",),
            kwargs={"headers": {"HX-Request": "true"}},
        )
        asking.start()
        services.pause_day(scene.salome, scene.day)
        settle()
        until(lambda: salome.received["facilitation"], "the act")
        assert asking.is_alive()
    asking.join(20)
    assert not asking.is_alive()


def test_who_passes_lets_an_act_go_first_but_not_for_long(monkeypatch):
    passing, order = Passing(2), []
    monkeypatch.setattr(turnstile, "GIVE_WAY_SECONDS", 60)

    def come():
        with passing:
            order.append("came")

    with passing.act():
        coming = threading.Thread(target=come)
        coming.start()
        order.append("acted")
    coming.join(20)
    assert order == ["acted", "came"]
    monkeypatch.setattr(turnstile, "GIVE_WAY_SECONDS", 0.02)
    with passing.act():  # one that does not end
        come()
        come()
    assert order == ["acted", "came", "came", "came"]


def test_a_turn_is_given_back_however_deep_inside():
    passing = Passing(1)
    with passing:
        with passing:
            passing.leave()
            assert passing.gate.acquire(timeout=0)
            passing.gate.release()
        passing.leave()
    assert passing.gate.acquire(timeout=0)
