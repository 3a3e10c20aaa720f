"""Writers of one process wait in a line: nobody fails, and a turn ends with its transaction in any case."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import func, select, text, update

from commission_app.core import sqlite
from commission_app.core.db import commit, db, rollback
from commission_app.territories.models import Commune
from tests.databases import settle

WRITERS = 30


@pytest.fixture(autouse=True)
def nobody_gives_up(monkeypatch):
    """A turn that was not given back would make the next writer wait longer than a test does."""
    monkeypatch.setattr(sqlite, "BUSY_SECONDS", 90)


def write(number: int) -> None:
    db.session.add(
        Commune(insee=f"13{number:03d}", name=f"Commune {number}", search=f"{number}", departement="13")
    )


def written_elsewhere(app, number: int) -> None:
    """Another thread writes and commits, within a minute."""

    def act() -> None:
        with app.app_context():
            write(number)
            commit()

    thread = threading.Thread(target=act, daemon=True)
    thread.start()
    thread.join(60)
    assert not thread.is_alive()


def test_thirty_writers_at_once_all_write(app):
    settle()
    start = threading.Barrier(WRITERS)

    def act(number: int) -> None:
        start.wait()
        with app.app_context():
            write(number)
            commit()

    with ThreadPoolExecutor(WRITERS) as pool:
        list(pool.map(act, range(WRITERS)))
    assert db.session.scalar(select(func.count()).select_from(Commune)) == WRITERS


def test_a_turn_ends_with_the_transaction(app):
    write(1)
    commit()
    written_elsewhere(app, 2)
    write(3)
    db.session.flush()
    rollback()
    written_elsewhere(app, 4)


def test_a_turn_ends_when_the_statement_failed(app):
    with pytest.raises(Exception, match="no_such_table"):
        db.session.execute(text("INSERT INTO no_such_table VALUES (1)"))
    rollback()
    written_elsewhere(app, 5)


def test_a_connection_that_writes_twice_keeps_its_turn_and_gives_it_back_once(app):
    settle()
    with db.engine.connect() as connection:
        for number in (6, 7):
            with connection.begin():
                connection.execute(update(Commune).values(name=f"Commune {number}"))
    written_elsewhere(app, 8)
    written_elsewhere(app, 9)
