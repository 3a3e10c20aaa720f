"""Large arrangements made once a run, and the largest of them: the demonstration."""

import dataclasses
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from commission_app import create_app, demo
from commission_app.accounts.models import User
from commission_app.core import clock
from commission_app.core.config import Config
from commission_app.core.db import db
from tests.clients import sent
from tests.databases import Database, let_go, settle
from tests.factories import AFTER_WHAT_IS_KEPT, restart

StartFrom = Callable[[str, Callable[[], Any]], Any]


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
        restart(AFTER_WHAT_IS_KEPT)
        return _arranged[name]

    return start


@pytest.fixture(scope="session")
def _demo_app(_app: Flask, config: Config) -> Iterator[Flask]:
    """The application in demo mode, built once a run."""
    made = create_app(dataclasses.replace(config, demo_mode=True))
    made.jinja_env.bytecode_cache = _app.jinja_env.bytecode_cache
    yield made
    let_go(made)


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
