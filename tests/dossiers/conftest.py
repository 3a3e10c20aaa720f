"""The people of the tests of dossiers."""

import pytest

from tests.dossiers.stories import Place, make_place


@pytest.fixture
def place(app) -> Place:
    """Arles and its people."""
    return make_place()
