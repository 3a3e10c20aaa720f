"""The demonstration in the database that the live server of the test serves."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select

from commission_app import demo
from commission_app.accounts.models import User
from commission_app.core.db import db
from tests.databases import settle


@pytest.fixture
def demo_person(make_app: Callable[..., Flask]) -> Callable[[str], User]:
    """Load the demonstration, and find its people by first name: `demo_person("Nora")`."""
    loader = make_app(demo_mode=True)
    demo.load(loader)
    with loader.app_context():
        db.session.remove()
        db.engine.dispose()

    def find(first_name: str) -> User:
        user = db.session.scalars(select(User).where(User.first_name == first_name)).unique().one()
        settle()
        return user

    return find
