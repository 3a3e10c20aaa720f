"""Loading the demonstration, and the door of each of its people."""

from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import func, select

from commission_app import create_app, demo
from commission_app.accounts.models import Login, User
from commission_app.binomes.models import Binome
from commission_app.core import clock
from commission_app.core.config import Config, ConfigError
from commission_app.core.db import db
from commission_app.core.events import Event
from commission_app.core.outbox import Job, JobState, run_due
from commission_app.dossiers.models import Dossier, ParcoursStep
from commission_app.dossiers.states import DossierState, Part
from commission_app.dossiers.versions.changes import changes_between
from commission_app.dossiers.versions.queries import read_version, versions_of
from commission_app.sessions.agenda.queries import items_of
from commission_app.sessions.agenda.schedule import schedule_of
from commission_app.sessions.day.models import Attendance
from commission_app.sessions.decisions.models import Decision, DecisionDraft
from commission_app.sessions.decisions.register import verify
from commission_app.sessions.models import CommissionSession
from commission_app.sessions.states import ItemState, SessionState
from tests.clients import client_of
from tests.databases import let_go, settle

ENOUGH_LETTERS = range(8, 25)


def count(model, *criteria):
    return db.session.scalar(select(func.count()).select_from(model).where(*criteria))


def minutes_too_long(day):
    """How much later a day ends than it should."""
    return (max(slot.end for slot in schedule_of(items_of(day), day)) - day.ends_at).total_seconds() / 60


def day_in(state):
    return db.session.scalars(select(CommissionSession).where(CommissionSession.state == state)).first()


def test_loading_twice_is_loading_once(demo_app):
    before = [count(model) for model in (User, Dossier, Event, Decision, Binome)]
    settle()
    demo.load(demo_app)
    assert [count(model) for model in (User, Dossier, Event, Decision, Binome)] == before


def test_a_step_of_a_parcours_that_ended_did_so_before_the_next_began(demo_app):
    steps = db.session.scalars(select(ParcoursStep).order_by(ParcoursStep.starts_on)).all()
    pairs = [(one, other) for one in steps for other in steps if one.dossier_id == other.dossier_id]
    ended = [(one, other) for one, other in pairs if one.ends_on and other.starts_on > one.starts_on]
    assert len(ended) > 20
    assert all(one.starts_on <= one.ends_on < other.starts_on for one, other in ended)


@pytest.fixture
def load_demo(app, _demo_app):
    """Load the demonstration into the empty database of this test."""
    if db.engine.dialect.name != "sqlite":
        pytest.skip("The calendar is the same on every database.")
    yield partial(demo.load, _demo_app)
    let_go(_demo_app)


@pytest.mark.parametrize("ahead", range(7))
def test_the_demonstration_is_loaded_on_any_day_of_the_week(load_demo, ahead):
    with clock.frozen(clock.now() + timedelta(days=ahead)):
        load_demo()
        assert count(Dossier) >= 60
        assert minutes_too_long(day_in(SessionState.CONVENED)) == 30


def test_a_year_of_a_commission_is_there(demo_app):
    assert count(User) >= 40
    assert count(Dossier) >= 60
    assert {state for state in DossierState if count(Dossier, Dossier.state == state)} == set(DossierState)
    assert count(CommissionSession, CommissionSession.state == SessionState.CLOSED) == 12
    assert verify() is None


#: The situation that is known by its question: its number depends on the day of the year.
EARLY_SHIFT = "Quel transport entre Saint-Martin-de-Crau et la zone logistique"


def test_what_moved_since_the_diagnosis_before_stands_in_the_history(demo_app):
    (dossier,) = [one for one in db.session.scalars(select(Dossier)) if one.question.startswith(EARLY_SHIFT)]
    submitted, earlier = versions_of(dossier.id)[:2]
    (changed,) = changes_between(read_version(earlier), read_version(submitted))
    assert changed.part is Part.DIAGNOSIS
    assert len(changed.lines) == 2


def test_each_row_is_sealed_for_the_dossier_of_what_it_refers_to(demo_app):
    kinds = {mapper.local_table: mapper.class_ for mapper in db.Model.registry.mappers}
    compared = 0
    for table in [table for table, kind in kinds.items() if getattr(kind, "sealed_like", "")]:
        reference = table.c[kinds[table].sealed_like]
        owner = next(iter(reference.foreign_keys)).column.table
        query = select(table.c.dossier_id, owner.c.dossier_id).join(owner, owner.c.id == reference)
        rows = db.session.execute(query).all()
        assert [row for row in rows if row[0] != row[1]] == [], table.name
        compared += len(rows)
    assert compared > 10


def test_the_day_being_prepared_is_half_an_hour_too_long(demo_app):
    assert minutes_too_long(day_in(SessionState.CONVENED)) == 30


def test_the_day_under_way_has_a_point_open_and_a_decision_being_read(demo_app):
    day = day_in(SessionState.LIVE)
    reached = [item.state for item in items_of(day)][:5]
    assert reached == [ItemState.DONE] * 4 + [ItemState.LIVE]
    assert count(DecisionDraft, DecisionDraft.read_back_at.is_not(None)) == 1
    assert count(Attendance, Attendance.commission_session_id == day.id, Attendance.left_at.is_(None)) == 24


def test_the_mailbox_holds_a_few_letters_and_no_flood(demo_app, mails):
    letters = demo_app.extensions["commission_mail"].sent
    settle()
    with demo_app.app_context():
        run_due()
        assert count(Job, Job.state == JobState.FAILED) == 0
        db.session.remove()
    assert len(letters) in ENOUGH_LETTERS


def test_each_person_enters_by_one_button_with_a_login_of_her_own(demo_app):
    people = db.session.scalars(select(User).where(User.is_demo)).unique().all()
    settle()
    client = client_of(demo_app)
    for user in people:
        answer = client.submit(f"/demo/entrer/{user.id}", page="/demo")
        assert answer.status_code == 303
        home = client.get("/", follow_redirects=True)
        assert home.status_code == 200
        assert user.full_name in home.get_data(as_text=True)
    assert count(Login) == len(people)
    assert count(Login, Login.ended_at.is_(None)) == 1


def test_nobody_else_enters_by_that_door(demo_app):
    outsider = User(email="vraie@exemple.invalid", first_name="Vraie", last_name="Personne")
    db.session.add(outsider)
    settle()
    assert client_of(demo_app).submit(f"/demo/entrer/{outsider.id}", page="/demo").status_code == 404


@pytest.mark.parametrize("url", ["/demo", "/demo/courriels"])
def test_without_demo_mode_the_door_does_not_exist(client, url):
    assert client.get(url, follow_redirects=False).status_code in {302, 404}
    assert "/demo" not in {rule.rule for rule in client.application.url_map.iter_rules()}


def test_the_demo_is_not_loaded_outside_of_demo_mode(app):
    with pytest.raises(ValueError, match="demo mode"):
        demo.load(app)


def test_the_demo_is_refused_in_production():
    config = Config(
        production=True, demo_mode=True, base_url="https://commission.exemple.invalid", https=True
    )
    with pytest.raises(ConfigError, match="DEMO_MODE"):
        create_app(config)
