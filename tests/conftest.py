"""What every test may ask for."""

import dataclasses
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from jinja2 import FileSystemBytecodeCache
from sqlalchemy import event

from commission_app import create_app
from commission_app.accounts.models import User
from commission_app.core.config import Config
from commission_app.core.db import _reading, db, set_read_only
from commission_app.core.garbage import spare_what_stays
from commission_app.core.vault.store import key_store
from tests.clients import Client, client_of, sent, signed_in
from tests.databases import Database, PostgresDatabase, SqliteFile, fast_folder, let_go
from tests.factories import restart

pytest_plugins = ["tests.arrangements", "tests.servers", "tests.processes", "tests.browsers"]


def pytest_addoption(parser: pytest.Parser) -> None:
    """The same tests run on both databases."""
    parser.addoption("--database", choices=("sqlite", "postgresql"), default="sqlite")


def pytest_collection_finish() -> None:
    """Thousands of tests are much for the garbage collector to walk through again and again."""
    spare_what_stays()


@pytest.fixture(scope="session")
def run_folder() -> Iterator[Path]:
    """A quick folder for the files of this run."""
    with fast_folder() as folder:
        yield folder


@pytest.fixture(scope="session")
def database(request: pytest.FixtureRequest, run_folder: Path) -> Database:
    """The kind of database this run is about."""
    if request.config.getoption("--database") == "postgresql":
        return PostgresDatabase(request.getfixturevalue("pg_url"))
    return SqliteFile(run_folder)


@pytest.fixture(scope="session")
def config(database: Database, run_folder: Path) -> Config:
    """The settings of the tests."""
    return Config(
        database_url=database.url,
        secret_key="tests-only-" + "k" * 40,
        data_dir=run_folder,
        base_url="http://localhost",
        mail_backend="memory",
        mail_domain="tests.invalid",
        testing=True,
    )


@pytest.fixture(scope="session")
def _app(config: Config, database: Database, run_folder: Path) -> Iterator[Flask]:
    """The application of the run, built and migrated once; each template is compiled once."""
    app = create_app(config)
    app.jinja_env.bytecode_cache = FileSystemBytecodeCache(str(run_folder))
    database.prepare(app)
    yield app
    let_go(app)


@pytest.fixture
def app(_app: Flask, database: Database) -> Iterator[Flask]:
    """The application on a fresh database, inside an application context."""
    database.put_back(_app)
    restart()
    sent(_app).clear()
    with _app.app_context():
        yield _app
        db.session.remove()
    reading = _reading.get()
    set_read_only(False)
    assert not reading, "a request ran in the test's own context: what the test writes next may fail"


@pytest.fixture
def make_app(app: Flask, config: Config) -> Iterator[Callable[..., Flask]]:
    """Build another application with other settings on the same database: `make_app(https=True)`."""
    made: list[Flask] = []

    def make(**changes: Any) -> Flask:
        made.append(create_app(dataclasses.replace(config, **changes)))
        made[-1].jinja_env.bytecode_cache = app.jinja_env.bytecode_cache
        return made[-1]

    yield make
    for one in made:
        let_go(one)


@pytest.fixture
def client(app: Flask) -> Client:
    """A visitor who has not signed in."""
    return client_of(app)


@pytest.fixture
def client_for(app: Flask) -> Callable[[User], Client]:
    """Open a browser in which a person has signed in: `client_for(amina)`."""

    def open_for(user: User) -> Client:
        return signed_in(app, user)

    return open_for


@pytest.fixture
def mails(app: Flask) -> list[Any]:
    """The messages delivered so far; run the outbox to have those that wait delivered."""
    return sent(app)


@pytest.fixture
def count_queries(app: Flask) -> Callable[[], Any]:
    """Count the statements of a block: `with count_queries() as queries: …; assert len(queries) <= 12`."""

    @contextmanager
    def counting() -> Iterator[list[str]]:
        seen: list[str] = []

        def note(_c: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
            seen.append(statement)

        event.listen(db.engine, "before_cursor_execute", note)
        try:
            yield seen
        finally:
            event.remove(db.engine, "before_cursor_execute", note)

    return counting


@pytest.fixture
def key_queries(app: Flask) -> Iterator[list[str]]:
    """The statements sent to the store of keys."""
    seen: list[str] = []

    def note(_c: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        seen.append(statement)

    event.listen(key_store().engine, "before_cursor_execute", note)
    yield seen
    event.remove(key_store().engine, "before_cursor_execute", note)
