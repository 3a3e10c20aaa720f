"""Silence in the room: a page that follows a live day is not cut, and gives no more time to anything else."""

from contextlib import ExitStack
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from commission_app.accounts.models import Login
from commission_app.core import clock
from commission_app.core.db import db
from commission_app.sessions.day import services
from commission_app.sessions.day.room import services as room
from commission_app.sessions.models import CommissionSession
from commission_app.sessions.states import SessionState
from tests.clients import TOKEN, signed_in
from tests.databases import settle
from tests.realtime.people import cookies_of
from tests.servers import until


def moments_of(user):
    """When a person was last seen, and last found to follow."""
    settle()
    row = db.session.execute(select(Login.seen_at, Login.followed_at).where(Login.user_id == user.id)).one()
    settle()
    return row


def look(app):
    """The server looks at its lines once, now."""
    lines, _broadcaster, watch = app.extensions["commission_live"]
    settle()
    watch._look(lines.all())


def live_on(day, state):
    db.session.execute(
        update(CommissionSession).where(CommissionSession.id == day.id).values(state=state, closed_at=None)
    )
    settle()


@pytest.fixture
def silent(app, follower, scene):
    """Léonie's page, opened a moment ago, signed in for ten hours."""
    page = follower(**cookies_of(app, scene.leonie))
    db.session.execute(
        update(Login)
        .where(Login.user_id == scene.leonie.id)
        .values(expires_at=clock.now() + timedelta(hours=10))
    )
    settle()
    page.join()
    with clock.frozen(clock.now() + timedelta(minutes=2)):
        look(app)
    assert moments_of(scene.leonie).followed_at
    return page


def through(app, hours):
    """Let time pass, five minutes after five minutes, never back; the server looks and tells at each."""
    began = clock.now()
    with ExitStack() as passed:
        for minutes in range(5, hours * 60 + 1, 5):
            passed.enter_context(clock.frozen(began + timedelta(minutes=minutes)))
            look(app)
            yield minutes


def test_a_silent_participant_follows_a_day_of_six_hours(app, scene, silent):
    url, before = scene.url, moments_of(scene.leonie).seen_at
    for minutes in through(app, 6):
        assert not silent.cut.is_set(), minutes
        if minutes < 360:
            continue
        assert silent.http.get(f"{silent.url}{url}/en-direct").status_code == 200
        assert silent.act(f"{url}/main-levee").status_code == 200
        account = silent.http.get(f"{silent.url}/mon-compte", allow_redirects=False)
        assert (account.status_code, account.headers["Location"]) == (302, "/connexion?suite=/mon-compte")
        shown = silent.http.get(f"{silent.url}{url}/en-direct").text
        token = next(group for group in TOKEN.search(shown).groups() if group)
        ending = silent.http.post(f"{silent.url}/mon-compte/connexions/fin", data={"csrf_token": token})
        assert ending.status_code == 401
    assert moments_of(scene.leonie).seen_at == before


def test_following_never_goes_beyond_the_life_of_the_login(app, scene, silent):
    for minutes in through(app, 11):
        if minutes < 600:
            assert not silent.cut.is_set(), minutes
    assert silent.cut.wait(3)


def test_a_day_that_is_not_under_way_is_not_followed_in_silence(app, scene, silent):
    live_on(scene.day, SessionState.CLOSED)
    for _ in through(app, 1):
        pass
    assert silent.cut.wait(3)


def test_who_stopped_following_signs_in_again(app, scene, silent):
    url = scene.url
    silent.leave()
    lines, *_ = app.extensions["commission_live"]
    until(lambda: not lines.all(), "the departure")
    with clock.frozen(clock.now() + timedelta(minutes=33)):
        page = silent.http.get(f"{silent.url}{url}/en-direct", allow_redirects=False)
        assert page.status_code == 302
    assert page.headers["Location"].startswith("/connexion")


def test_a_page_that_asks_for_its_fragments_makes_no_login_last(app, scene):
    client = signed_in(app, scene.leonie)
    before = moments_of(scene.leonie).seen_at
    with clock.frozen(clock.now() + timedelta(minutes=5)):
        client.get(f"{scene.url}/en-direct", headers={"HX-Request": "true"})
        assert moments_of(scene.leonie).seen_at == before
        client.get(f"{scene.url}/en-direct")
        assert moments_of(scene.leonie).seen_at == clock.now()


def test_the_screen_goes_dark_an_hour_after_the_day(app, follower, scene):
    secret = room.create_screen_link(scene.salome, scene.day)
    settle()
    screen = follower(screen=secret).join()
    services.close_day(scene.salome, scene.day, undecided_count=2)
    settle()
    with clock.frozen(clock.now() + timedelta(minutes=59)):
        look(app)
        assert screen.http.get(f"{screen.url}/ecran").status_code == 200
        assert not screen.cut.is_set()
    with clock.frozen(clock.now() + timedelta(minutes=61)):
        look(app)
        assert screen.cut.wait(3)
        assert screen.http.get(f"{screen.url}/ecran").status_code == 404
        assert app.test_client().get(f"/ecran/{secret}").status_code == 404


@pytest.mark.parametrize("hours", [20, 30])
def test_the_screen_of_a_day_that_nobody_closed_goes_dark(app, scene, client, hours):
    secret = room.create_screen_link(scene.salome, scene.day)
    settle()
    with clock.frozen(clock.now() + timedelta(hours=hours)):
        assert client.get(f"/ecran/{secret}").status_code == 404
