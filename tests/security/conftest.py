"""How the table is tried."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask, url_for
from sqlalchemy import event, inspect, update

from commission_app.accounts.models import Login, User
from commission_app.core import clock
from commission_app.core.db import db
from tests.checks import forbid
from tests.clients import Client, client_of, signed_in
from tests.databases import settle
from tests.security.building import build
from tests.security.matrix import Row, all_objects
from tests.security.world import Plan, World, forbidden_to

WRITING = ("INSERT", "UPDATE", "DELETE")
TRACE = ("INSERT INTO event ", "INSERT INTO event_seal ")


@dataclass(frozen=True)
class Kept:
    """What every test starts from: the world, and a signed-in browser with a form's token for each actor."""

    plan: Plan
    browsers: dict[str, Client]


@pytest.fixture
def kept(app: Flask, start_from: Callable[..., Any]) -> Kept:
    """The world as it was built, its people seen a moment ago."""
    return put_back(app, start_from)


def put_back(app: Flask, start_from: Callable[..., Any]) -> Kept:
    """The same once more."""
    found: Kept = start_from("world", partial(arrange, app))
    db.session.execute(update(Login).values(seen_at=clock.now()))
    return found


def arrange(app: Flask) -> Kept:
    """Build the world and open a browser for each actor."""
    plan = build()
    actors = World(plan, {}).actors
    return Kept(plan, {name: browser(app, name, user, plan) for name, user in actors.items()})


def browser(app: Flask, actor: str, user: User | None, plan: Plan) -> Client:
    """A browser with a token for forms and the canaries that it must not show."""
    client = signed_in(app, user) if user else client_of(app)
    client.forbidden = forbidden_to(actor, plan.canaries)
    client.get("/mon-compte" if user else "/connexion")
    return client


class Attempts:
    """Tries rows of the table as its actors."""

    def __init__(self, app: Flask, kept: Kept) -> None:
        self.app = app
        self.world = World(kept.plan, all_objects())
        self._browsers = kept.browsers
        self._clients: dict[str, Client] = {}

    def client(self, actor: str) -> Client:
        """The actor's browser as it was when the test began."""
        if actor not in self._clients:
            self._clients[actor] = self._browsers[actor].twin()
        return self._clients[actor]

    def ask(self, row: Row, actor: str, *, absent: bool = False) -> Any:
        """What the actor gets; with `absent`, from objects that nobody has."""
        client = self.client(actor)
        if row.cookie:
            client.set_cookie(*row.cookie)
        shown = {token for kind in row.shows for token in self.world.canaries[kind]}
        client.forbidden = self._browsers[actor].forbidden - shown
        url = self.url(row, absent=absent)
        if row.reads:
            return self._kept_from_calendars(client.open(url, method=row.method))
        data = row.data(self.world) if callable(row.data) else row.data
        return client.open(url, method=row.method, data={"csrf_token": client.csrf_token, **(data or {})})

    def _kept_from_calendars(self, answer: Any) -> Any:
        """What a calendar shows goes to whoever keeps calendars: nothing of anybody, whoever asks."""
        if answer.mimetype == "text/calendar":
            assert "BEGIN:VEVENT" in answer.text
            forbid(answer, self.every_canary)
        return answer

    @property
    def every_canary(self) -> set[str]:
        """What must not leave the pages."""
        return set().union(*self.world.canaries.values())

    def url(self, row: Row, *, absent: bool = False) -> str:
        """The address of a row in this world."""
        values = {name: self._value(value, absent) for name, value in row.args.items()}
        with self.app.test_request_context():
            url = url_for(row.endpoint, _method=row.method, **values)
        return f"{url}?{row.query}" if row.query else url

    def has_objects(self, row: Row) -> bool:
        """Whether the address names an object, which may be there or not."""
        return any(isinstance(self._value(name, False), UUID) for name in row.args.values())

    def _value(self, name: str, absent: bool) -> Any:
        found = self.world[name]
        state: Any = inspect(found, raiseerr=False)  # a row tells its key without being read again
        value = state.identity[0] if state else found
        return uuid4() if absent and isinstance(value, UUID) else value


@pytest.fixture
def attempts(app: Flask, kept: Kept) -> Attempts:
    """Try rows in a fresh world."""
    return Attempts(app, kept)


@pytest.fixture
def fresh(app: Flask, start_from: Callable[..., Any]) -> Callable[[], Attempts]:
    """Put the world back as often as wanted: `fresh()`."""
    return lambda: Attempts(app, put_back(app, start_from))


@contextmanager
def only_the_trace_written() -> Iterator[None]:
    """Fail when the block commits anything but the trace of its readings, or no trace."""
    written: list[str] = []
    with _what_is_written(written):
        yield
    assert not [one for one in written if not one.startswith(TRACE)], written
    assert any(one.startswith(TRACE[0]) for one in written), "no reading was noted"


@contextmanager
def nothing_written() -> Iterator[None]:
    """Fail when the block commits a change to the database."""
    written: list[str] = []
    with _what_is_written(written):
        yield
    assert not written, written


@contextmanager
def _what_is_written(written: list[str]) -> Iterator[None]:
    settle()
    pending: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if statement.lstrip().upper().startswith(WRITING):
            pending.append(statement)

    def committed(_connection: Any) -> None:
        written.extend(pending)
        pending.clear()

    def rolled_back(_connection: Any) -> None:
        pending.clear()

    listeners = (("before_cursor_execute", note), ("commit", committed), ("rollback", rolled_back))
    for name, listener in listeners:
        event.listen(db.engine, name, listener)
    try:
        yield
    finally:
        for name, listener in listeners:
            event.remove(db.engine, name, listener)
