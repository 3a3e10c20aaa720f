"""The people of these tests."""

import pytest

from commission_app.accounts.models import User
from commission_app.accounts.states import Role
from commission_app.territories.models import Territory
from tests.factories import hash_of, make_territory, make_user

PASSWORD = "quatre cyprès dans le vent"


@pytest.fixture
def arles(app) -> Territory:
    return make_territory()


@pytest.fixture
def odile(app) -> User:
    """The administrator."""
    return make_user("Odile", Role.ADMINISTRATOR, password_hash=hash_of(PASSWORD))


@pytest.fixture
def nora(arles) -> User:
    """A coordinator with a password."""
    return make_user("Nora", Role.COORDINATOR, arles, password_hash=hash_of(PASSWORD))


@pytest.fixture
def ines(arles) -> User:
    """Somebody invited who has not answered."""
    return make_user("Inès", Role.REFERENT, arles)
