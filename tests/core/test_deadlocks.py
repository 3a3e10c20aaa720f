"""Two transactions that wait for each other: PostgreSQL breaks one off, and nobody notices."""

import threading
from functools import partial, wraps

import pytest
from sqlalchemy import func, select, text

from commission_app import create_app
from commission_app.core.db import commit, db
from commission_app.core.web import csrf, public
from commission_app.territories.models import Commune, Territory
from tests.databases import let_go, settle
from tests.factories import make_territory

WITHIN = 30


@pytest.fixture
def rows(app, request):
    """Two rows to lock."""
    if request.config.getoption("--database") == "sqlite":
        pytest.skip("SQLite has one writer at a time: none waits for another that waits")
    found = [make_territory().id, make_territory(name="Autre", code="AUT").id]
    settle()
    return found


class Collision:
    """An act that locks one row and then another, and somebody who has them in the other order."""

    def __init__(self, config, rows):
        self.rows = rows
        self.tries = 0
        self.has_first = threading.Event()
        self.app = create_app(config)
        self.app.add_url_rule("/essai", view_func=public(self.open(self.act)), methods=["POST"])
        self.app.add_url_rule("/essai-deux", view_func=public(self.open(self.act_twice)), methods=["POST"])

    def open(self, act):
        """A view that needs no form."""
        return csrf.exempt(wraps(act)(partial(act)))

    def act(self):
        self.tries += 1
        db.session.add(Commune(insee="13001", name="Une", search="une", departement="13"))
        db.session.flush()
        self.lock(self.rows[0])
        self.has_first.set()
        self.lock(self.rows[1])
        commit()
        return "fait"

    def act_twice(self):
        commit()
        return self.act()

    def lock(self, row):
        db.session.execute(select(Territory.id).where(Territory.id == row).with_for_update())

    def meet(self, url):
        """Send the act while the rows are locked in the other order; its answer."""
        answers = []
        with self.app.app_context():
            # the other one waits as long as it takes: it is the act that is broken off
            db.session.execute(text(f"SET LOCAL deadlock_timeout = '{WITHIN}s'"))
            self.lock(self.rows[1])
            acting = threading.Thread(
                target=lambda: answers.append(self.app.test_client().post(url)), daemon=True
            )
            acting.start()
            assert self.has_first.wait(WITHIN)
            self.lock(self.rows[0])
            db.session.rollback()
        acting.join(WITHIN)
        return answers[0]


@pytest.fixture
def meeting(config, rows):
    one = Collision(config, rows)
    yield one
    let_go(one.app)


def count():
    return db.session.scalar(select(func.count()).select_from(Commune))


def test_what_was_broken_off_is_done_once_more(meeting):
    assert meeting.meet("/essai").text == "fait"
    assert meeting.tries == 2
    assert count() == 1


def test_what_was_committed_is_not_repeated(meeting):
    assert meeting.meet("/essai-deux").status_code == 500
    assert meeting.tries == 1
    assert count() == 0
