"""People note their own arrival by the code of the room screen, and say at the end how the day was."""

import uuid
from datetime import timedelta

import pytest

from commission_app.core import clock
from commission_app.core.db import db
from commission_app.core.errors import NotAllowedError, WrongStateError
from commission_app.sessions.day import services
from commission_app.sessions.day.answers import view_of
from commission_app.sessions.day.arrivals.codes import WINDOW_SECONDS, code_of, day_of_code
from commission_app.sessions.day.fragments import context
from commission_app.sessions.day.models import Attendance
from commission_app.sessions.day.rating.queries import moods_of
from commission_app.sessions.day.rating.services import rate_day
from commission_app.sessions.states import Feeling, SessionState
from tests.factories import make_invitation, make_user
from tests.sessions.day.scene import make_scene, outsider

KEY = "a key of the tests"


def test_a_code_is_good_for_one_day_and_for_minutes():
    day, now = uuid.uuid4(), clock.now()
    code = code_of(KEY, day, now)
    assert len(code) == 38
    assert day_of_code(KEY, code, now) == day
    assert day_of_code(KEY, code, now + timedelta(seconds=WINDOW_SECONDS)) == day
    assert day_of_code(KEY, code, now + timedelta(seconds=2 * WINDOW_SECONDS)) is None
    assert day_of_code(KEY, code, now - timedelta(seconds=WINDOW_SECONDS)) is None
    assert day_of_code("another key", code, now) is None
    assert code_of(KEY, uuid.uuid4(), now) != code


@pytest.mark.parametrize("code", ["", "é", "a", "a" * 37, "a" * 38, "a" * 500, "!" * 38])
def test_a_broken_code_is_none(code):
    assert day_of_code(KEY, code, clock.now()) is None


def code_for(app, scene):
    """What the room screen shows at this moment."""
    return code_of(str(app.secret_key), scene.day.id, clock.now())


def spells(scene, person):
    """The spells of presence of a person."""
    query = db.select(Attendance).filter_by(commission_session_id=scene.day.id, user_id=person.id)
    return list(db.session.scalars(query.order_by(Attendance.arrived_at)))


def test_who_is_invited_arrives_leaves_and_comes_back(app, client_for):
    scene = make_scene()
    leonie = client_for(scene.leonie)
    address = f"/presence/{code_for(app, scene)}"
    assert "Je suis là" in leonie.get(address).get_data(as_text=True)
    for _twice in range(2):
        assert leonie.submit(address).status_code == 303
    assert "Arrivée notée" in leonie.get(f"{scene.url}/en-direct").get_data(as_text=True)
    assert leonie.submit(f"{scene.url}/depart").status_code == 303
    assert leonie.submit(address).status_code == 303
    there = spells(scene, scene.leonie)
    assert [spell.structure_id for spell in there] == [scene.ccas.id, scene.ccas.id]
    assert there[0].left_at is not None
    assert there[1].left_at is None


def test_who_was_not_there_does_not_leave(client_for):
    scene = make_scene()
    answer = client_for(scene.leonie).submit(f"{scene.url}/depart")
    assert answer.status_code == 409


def test_a_code_helps_nobody_who_is_not_invited(app, client_for):
    scene = make_scene()
    good = f"/presence/{code_for(app, scene)}"
    forged = f"/presence/{code_of(KEY, scene.day.id, clock.now())}"
    for person in (scene.ines, scene.referent, outsider()):
        client = client_for(person)
        told = {url: client.get(url) for url in (good, forged)}
        assert {answer.status_code for answer in told.values()} == {404}
        assert "Scannez celui" in told[good].get_data(as_text=True)
        assert client.submit(good).status_code == 404
    assert not spells(scene, scene.ines)


def test_the_screen_shows_the_code_only_while_people_come(app):
    scene = make_scene()
    template = app.jinja_env.get_template("day/screen/_point.html")
    assert "<svg" not in template.render(context(view_of(scene.day.id)))
    services.open_next(scene.salome, scene.day, seen_id=scene.first.id)
    shown = template.render(context(view_of(scene.day.id)))
    assert "<svg" in shown
    assert "style=" not in shown


def test_two_taps_once_the_day_is_closed(app, client_for):
    scene = make_scene()
    with pytest.raises(WrongStateError):
        rate_day(scene.leonie, scene.day, useful=Feeling.YES)
    scene.day.state, scene.day.closed_at = SessionState.CLOSED, clock.now()
    db.session.flush()
    leonie = client_for(scene.leonie)
    assert leonie.submit(f"{scene.url}/bilan", {"useful": "yes"}).status_code == 303
    assert leonie.submit(f"{scene.url}/bilan", {"heard": "partly"}).status_code == 303
    assert leonie.submit(f"{scene.url}/bilan", {"heard": "perhaps"}).status_code == 422
    html = leonie.get(f"{scene.url}/en-direct").get_data(as_text=True)
    assert html.count('aria-pressed="true"') == 2
    with pytest.raises(NotAllowedError):
        rate_day(outsider(), scene.day, useful=Feeling.NO)


def test_answers_are_shown_together_from_five_on(app, client_for):
    scene = make_scene()
    people = [make_user(f"Membre{number}", structure=scene.ccas) for number in range(5)]
    for person in people:
        make_invitation(scene.day, person)
    scene.day.state, scene.day.closed_at = SessionState.CLOSED, clock.now()
    for person in people[:4]:
        rate_day(person, scene.day, useful=Feeling.YES)
    assert [(mood.count, mood.answers) for mood in moods_of(scene.day.id)] == [(4, ()), (0, ())]
    rate_day(people[4], scene.day, useful=Feeling.NO)
    useful, _heard = moods_of(scene.day.id)
    assert useful.answers == ((Feeling.YES, 4), (Feeling.PARTLY, 0), (Feeling.NO, 1))
    assert "4 oui" in client_for(scene.salome).get(scene.url).get_data(as_text=True).replace("\xa0", " ")
    assert "4 oui" not in client_for(scene.leonie).get(scene.url).get_data(as_text=True).replace("\xa0", " ")
