"""The people of the tests of sealed texts, and what is asked of the store of keys."""

import pytest
from sqlalchemy import event

from commission_app.core.vault.store import key_store
from tests.dossiers.stories import Place, make_place


@pytest.fixture
def place(app) -> Place:
    """Arles and its people."""
    return make_place()


@pytest.fixture
def key_queries(app):
    """The statements sent to the store of keys."""
    seen = []

    def note(_c, _cursor, statement, *_rest):
        seen.append(statement)

    event.listen(key_store().engine, "before_cursor_execute", note)
    yield seen
    event.remove(key_store().engine, "before_cursor_execute", note)
