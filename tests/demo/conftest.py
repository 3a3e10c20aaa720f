"""The demonstration, loaded."""

from collections.abc import Callable, Iterator

import pytest
from flask import Flask

from commission_app import demo
from commission_app.core.db import db


@pytest.fixture
def demo_app(make_app: Callable[..., Flask]) -> Iterator[Flask]:
    """The application in demo mode, its people and situations in the database."""
    app = make_app(demo_mode=True)
    demo.load(app)
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()
