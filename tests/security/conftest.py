"""How the table is tried."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask, url_for
from sqlalchemy import event

from commission_app.core.db import db
from tests.clients import Client, client_of, signed_in
from tests.databases import settle
from tests.security.matrix import Row, all_objects
from tests.security.world import World

WRITING = ("INSERT", "UPDATE", "DELETE")


@pytest.fixture
def world(app: Flask) -> World:
    """A fresh world."""
    return World(all_objects())


class Attempts:
    """Tries rows of the table as its actors."""

    def __init__(self, app: Flask, world: World) -> None:
        self.app = app
        self.world = world
        self._clients: dict[str, Client] = {}

    def client(self, actor: str) -> Client:
        """The actor's browser, with a token for forms and the canaries that it must not show."""
        if actor not in self._clients:
            user = self.world.actors[actor]
            client = signed_in(self.app, user) if user else client_of(self.app)
            client.forbidden = self.world.forbidden_to(actor)
            client.get("/mon-compte" if user else "/connexion")
            self._clients[actor] = client
        return self._clients[actor]

    def ask(self, row: Row, actor: str, *, absent: bool = False) -> Any:
        """What the actor gets; with `absent`, from objects that nobody has."""
        client = self.client(actor)
        url = self.url(row, absent=absent)
        if row.reads:
            return client.open(url, method=row.method)
        data = row.data(self.world) if callable(row.data) else row.data
        return client.open(url, method=row.method, data={"csrf_token": client.csrf_token, **(data or {})})

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
        found = getattr(found, "id", found)
        return uuid4() if absent and isinstance(found, UUID) else found


@pytest.fixture
def attempts(app: Flask, world: World) -> Attempts:
    """Try rows in a fresh world."""
    return Attempts(app, world)


@contextmanager
def nothing_written() -> Iterator[None]:
    """Fail when the block commits a change to the database."""
    settle()
    pending: list[str] = []
    written: list[str] = []

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
    assert not written, written
