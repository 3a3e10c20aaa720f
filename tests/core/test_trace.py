"""The trace only grows, and its chain of hashes names the first entry that was tampered with."""

import sqlite3
import threading
from contextlib import closing

import pytest
from sqlalchemy import func, insert, select, text
from sqlalchemy.exc import DatabaseError

from commission_app.accounts.states import Role
from commission_app.core.db import commit, db, downgrade, upgrade
from commission_app.core.events import Event, record
from commission_app.core.trace import EventSeal, head, verify_trace
from tests.factories import make_territory, make_user

ACTS = 6


@pytest.fixture
def actor(app):
    """Who acts, on a territory."""
    return make_user("Inès", Role.REFERENT, make_territory())


@pytest.fixture
def acts(actor):
    """Six acts of six commits."""
    for number in range(ACTS):
        record(actor, "thing_done", actor, place=number, words=["é", None], deep={"b": 1, "a": True})
        commit()


@pytest.fixture
def unguarded(app):
    """What somebody does who holds the database itself, without triggers nor foreign keys."""

    def on_file(statement):
        with closing(sqlite3.connect(db.engine.url.database)) as connection:
            names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
            for (name,) in names:
                connection.execute(f"DROP TRIGGER {name}")
            connection.execute(statement)
            connection.commit()

    def on_server(statement):
        with db.engine.begin() as connection:
            connection.execute(text("SET LOCAL session_replication_role = replica"))
            connection.execute(text(statement))

    def alter(statement):
        db.session.remove()
        on_file(statement) if db.engine.dialect.name == "sqlite" else on_server(statement)

    return alter


def count(kind):
    return db.session.scalar(select(func.count()).select_from(kind))


def test_each_commit_seals_what_happened_in_it(acts):
    assert count(EventSeal) == count(Event) == ACTS
    assert verify_trace() is None


def test_several_events_of_one_commit_follow_each_other(actor):
    for _ in range(3):
        record(actor, "thing_done", actor)
    commit()
    assert [seal.number for seal in db.session.scalars(select(EventSeal).order_by(EventSeal.number))] == [
        1,
        2,
        3,
    ]
    assert verify_trace() is None


def test_what_was_rolled_back_is_not_sealed(actor):
    record(actor, "thing_kept", actor)
    savepoint = db.session.begin_nested()
    record(actor, "thing_lost", actor)
    savepoint.rollback()
    commit()
    record(actor, "thing_lost", actor)
    db.session.rollback()
    commit()
    assert db.session.scalars(select(Event.name)).all() == ["thing_kept"]
    assert (count(EventSeal), verify_trace()) == (1, None)


@pytest.mark.parametrize("table", ["event", "event_seal"])
@pytest.mark.parametrize(
    "statement", ["UPDATE {t} SET number = number + 100", "DELETE FROM {t}", "TRUNCATE {t} CASCADE"]
)
def test_the_database_refuses_to_change_the_trace(acts, table, statement):
    if "TRUNCATE" in statement and db.engine.dialect.name == "sqlite":
        statement = "INSERT OR REPLACE INTO {t} SELECT * FROM {t}"
    with pytest.raises(DatabaseError, match="append-only"):
        db.session.execute(text(statement.format(t=table)))
    db.session.rollback()
    assert (count(Event), verify_trace()) == (ACTS, None)


OF_SEAL = "(SELECT event_number FROM event_seal WHERE number = {0})"


@pytest.mark.parametrize(
    ("statement", "number"),
    [
        (f"UPDATE event SET name = 'thing_dona' WHERE number = {OF_SEAL.format(3)}", 3),
        (f"UPDATE event SET actor_id = NULL WHERE number = {OF_SEAL.format(1)}", 1),
        (f"DELETE FROM event WHERE number = {OF_SEAL.format(2)}", 2),
        ("UPDATE event_seal SET digest = replace(digest, substr(digest, 1, 1), 'x') WHERE number = 4", 4),
        ("UPDATE event_seal SET previous_digest = digest WHERE number = 2", 2),
        ("DELETE FROM event_seal WHERE number = 5", 6),
    ],
)
def test_the_first_entry_tampered_with_is_named(app, acts, unguarded, statement, number):
    unguarded(statement)
    broken = verify_trace()
    assert broken is not None
    assert broken.number == number
    told = app.test_cli_runner().invoke(args=["trace", "verify"])
    assert (told.exit_code, f"Entrée {number}" in told.output) == (1, True)


def test_an_event_that_came_in_behind_the_application_is_named(acts):
    row = {
        "name": "thing_forged",
        "subject_type": "User",
        "subject_id": db.session.scalar(select(Event.subject_id)),
    }
    db.session.execute(insert(Event), [row])
    db.session.commit()
    broken = verify_trace()
    assert (broken.number, "n’est pas scellé" in broken.reason) == (ACTS + 1, True)


def test_an_end_that_was_cut_off_is_noticed_by_what_was_noted_elsewhere(app, acts, unguarded):
    noted = f"{head().number}:{head().digest}"
    runner = app.test_cli_runner()
    assert runner.invoke(args=["trace", "verify", "--known", noted]).exit_code == 0
    unguarded("DELETE FROM event_seal WHERE number = 6")
    unguarded("DELETE FROM event WHERE number = (SELECT max(number) FROM event)")
    assert runner.invoke(args=["trace", "verify"]).exit_code == 0
    told = runner.invoke(args=["trace", "verify", "--known", noted])
    assert (told.exit_code, noted in told.output) == (1, True)


def test_many_writers_make_one_chain(app, actor):
    actor_id, kind = actor.id, type(actor)
    commit()

    def write():
        with app.app_context():
            for number in range(10):
                someone = db.session.get_one(kind, actor_id)
                record(someone, "thing_done", someone, place=number)
                commit()
            db.session.remove()

    writers = [threading.Thread(target=write) for _ in range(6)]
    for one in writers:
        one.start()
    for one in writers:
        one.join(60)
    assert (count(EventSeal), verify_trace()) == (60, None)


def test_the_migration_seals_the_events_that_stand(app, acts):
    last = head()
    db.session.remove()
    downgrade(app, "0007")
    try:
        assert db.session.execute(text("SELECT count(*) FROM event")).scalar_one() == ACTS
    finally:
        db.session.remove()
        upgrade(app)
    assert (head(), verify_trace()) == (last, None)
