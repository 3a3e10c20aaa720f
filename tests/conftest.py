"""What every test may ask for."""

import dataclasses
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event, select

from commission_app import create_app, demo
from commission_app.accounts.models import User
from commission_app.core import clock
from commission_app.core.config import Config
from commission_app.core.db import db
from tests.clients import Client, client_of, signed_in
from tests.databases import Database, PostgresDatabase, SqliteFile, fast_folder, let_go, settle

StartFrom = Callable[[str, Callable[[], Any]], Any]
pytest_plugins = ["tests.servers", "tests.processes", "tests.browsers"]


def pytest_addoption(parser: pytest.Parser) -> None:
    """The same tests run on both databases."""
    parser.addoption("--database", choices=("sqlite", "postgresql"), default="sqlite")


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
def _app(config: Config, database: Database) -> Flask:
    """The application of the run, built and migrated once."""
    app = create_app(config)
    database.prepare(app)
    return app


@pytest.fixture
def app(_app: Flask, database: Database) -> Iterator[Flask]:
    """The application on a fresh database, inside an application context."""
    database.put_back(_app)
    sent(_app).clear()
    with _app.app_context():
        yield _app
        db.session.remove()


@pytest.fixture
def make_app(app: Flask, config: Config) -> Iterator[Callable[..., Flask]]:
    """Build another application with other settings on the same database: `make_app(https=True)`."""
    made: list[Flask] = []

    def make(**changes: Any) -> Flask:
        made.append(create_app(dataclasses.replace(config, **changes)))
        return made[-1]

    yield make
    for one in made:
        let_go(one)


@pytest.fixture(scope="session")
def _arranged() -> dict[str, Any]:
    """What the arrangements of this run returned when they were made."""
    return {}


@pytest.fixture
def start_from(app: Flask, database: Database, _arranged: dict[str, Any]) -> StartFrom:
    """Begin with a large arrangement, made once a run: `start_from("demo", load)`.

    It is called before anything else is put into the database. `make` arranges, commits, and lets go of the
    applications that it opened; what it returns is given to every test, so it names rows and holds none.
    """

    def start(name: str, make: Callable[[], Any]) -> Any:
        db.session.remove()
        name = f"{name}-{clock.today()}"  # what was arranged yesterday is about another day
        if name in _arranged:
            database.put_back(app, name)
        else:
            _arranged[name] = make()
            database.keep(app, name)
        return _arranged[name]

    return start


@pytest.fixture(scope="session")
def _demo_app(_app: Flask, config: Config) -> Flask:
    """The application in demo mode, built once a run."""
    return create_app(dataclasses.replace(config, demo_mode=True))


@pytest.fixture
def demo_app(_demo_app: Flask, start_from: StartFrom) -> Iterator[Flask]:
    """The application in demo mode, its people and situations in the database."""
    sent(_demo_app).clear()

    def load() -> None:
        demo.load(_demo_app)
        let_go(_demo_app)

    start_from("demo", load)
    yield _demo_app
    let_go(_demo_app)


@pytest.fixture
def demo_person(demo_app: Flask) -> Callable[[str], User]:
    """Somebody of the demonstration by first name: `demo_person("Nora")`."""

    def find(first_name: str) -> User:
        user = db.session.scalars(select(User).where(User.first_name == first_name)).unique().one()
        settle()
        return user

    return find


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


def sent(app: Flask) -> list[Any]:
    """The list behind the memory backend."""
    messages: list[Any] = app.extensions["commission_mail"].sent
    return messages


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
