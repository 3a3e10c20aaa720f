"""Whole servers: two behind one Redis, one killed in the middle of the day."""

import pytest

from commission_app.core.db import db
from commission_app.sessions.day.snapshot import live_view
from commission_app.sessions.decisions.register import verify
from commission_app.sessions.models import CommissionSession
from tests.databases import settle
from tests.realtime.people import Follower, cookies_of
from tests.realtime.running import Process
from tests.servers import until


@pytest.fixture
def start(config):
    started = []

    def run(**options):
        started.append(Process(config, **options))
        return started[-1]

    yield run
    for one in started:
        if one.process.poll() is None:
            one.kill()


@pytest.fixture
def open_page(app, scene):
    opened = []

    def run(server, user):
        opened.append(Follower(server.url, cookies_of(app, user), scene.day.id))
        return opened[-1].join()

    yield run
    for one in opened:
        one.leave()


def test_two_processes_deliver_to_each_others_clients(start, open_page, scene, redis_url):
    here, there = start(redis_url=redis_url), start(redis_url=redis_url)
    leonie, hugo = open_page(here, scene.leonie), open_page(there, scene.hugo)
    hugo.act(f"{scene.url}/main-levee")
    until(lambda: leonie.received["members"], "the act of the other process")
    leonie.act(f"{scene.url}/main-levee")
    until(lambda: len(hugo.received["members"]) == 2, "the act of this process")
    hugo.act(f"{scene.url}/main-baissee")
    for one in (leonie, hugo):
        until(lambda one=one: len(one.received["members"]) == 3, "the third act")
    assert leonie.received["members"][2]["since"] == 0
    assert leonie.received["members"] == hugo.received["members"]


def test_a_logout_in_one_process_cuts_the_socket_in_the_other(start, open_page, scene, redis_url):
    here, there = start(redis_url=redis_url), start(redis_url=redis_url)
    leonie = open_page(here, scene.leonie)
    leonie.url = there.url
    answer = leonie.act("/deconnexion")
    assert answer.status_code < 400
    assert leonie.cut.wait(1.0)


def test_without_redis_the_other_process_still_says_that_something_changed(start, open_page, scene):
    here, there = start(), start()
    leonie, hugo = open_page(here, scene.leonie), open_page(there, scene.hugo)
    before = leonie.last("version")["version"]
    hugo.act(f"{scene.url}/main-levee")
    until(lambda: leonie.last("version")["version"] == before + 1, "the call of the version")


def test_a_server_killed_loses_nothing_that_it_acknowledged(start, open_page, scene):
    server = start()
    salome = open_page(server, scene.salome)
    point = f"{scene.url}/points/{scene.first.id}"
    for number in range(1, 4):
        typed = {"kind": "solution", "text": f"Décision {number}", "version": 0, "step": "read"}
        assert salome.act(f"{point}/projet", typed, "pupitre").status_code == 200
        draft = live_view(scene.day.id).draft
        sent = {"draft_id": draft.id, "version": draft.version}
        assert salome.act(f"{point}/decisions", sent, "pupitre").status_code == 200
    settle()
    version = db.session.get(CommissionSession, scene.day.id).live_version
    settle()
    server.kill()
    assert salome.cut.wait(5)
    again = start(port=server.port)
    back = open_page(again, scene.salome)
    assert back.last("version")["version"] == version
    page = back.http.get(f"{back.url}{scene.url}/en-direct").text
    assert page.count("Décision ") >= 3
    settle()
    assert len(live_view(scene.day.id).decisions) == 3
    assert verify() is None
