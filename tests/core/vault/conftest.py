"""The people of the tests of sealed texts."""

import pytest

from tests.dossiers.stories import Place, make_place


@pytest.fixture
def place(app) -> Place:
    """Arles and its people."""
    return make_place()
