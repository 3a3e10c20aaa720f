"""Keeping the words of things as they are written: what is saved is found, in the same transaction."""

import uuid
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from sqlalchemy import Connection, delete, event, insert, update

from commission_app.core.finding.models import SearchEntry
from commission_app.core.finding.queries import kind_mark
from commission_app.core.search import mark, stems


class Findable(NamedTuple):
    """What a thing is found by: its texts, its codes, its territory."""

    texts: tuple[str, ...]
    marks: Iterable[str] = ()
    territory_id: uuid.UUID | None = None


def entry_of(kind: str, subject_id: uuid.UUID, found: Findable) -> dict[str, Any]:
    """The row of the search for a thing; bulk loads put it in themselves."""
    words = [*stems(" ".join(found.texts)), *map(mark, found.marks), kind_mark(kind)]
    return {
        "kind": kind,
        "subject_id": subject_id,
        "territory_id": found.territory_id,
        "words": " ".join(words),
    }


def keep_findable(model: type[Any], kind: str, describe: Callable[[Any], Findable]) -> None:
    """From now on each row of a model is found by what `describe` says of it."""

    def put(_mapper: Any, connection: Connection, row: Any) -> None:
        connection.execute(insert(SearchEntry), entry_of(kind, row.id, describe(row)))

    def change(_mapper: Any, connection: Connection, row: Any) -> None:
        entry = entry_of(kind, row.id, describe(row))
        where = (SearchEntry.kind == kind, SearchEntry.subject_id == row.id)
        changed = connection.execute(update(SearchEntry).where(*where).values(**entry))
        if not changed.rowcount:
            connection.execute(insert(SearchEntry), entry)

    def forget(_mapper: Any, connection: Connection, row: Any) -> None:
        where = (SearchEntry.kind == kind, SearchEntry.subject_id == row.id)
        connection.execute(delete(SearchEntry).where(*where))

    event.listen(model, "after_insert", put)
    event.listen(model, "after_update", change)
    event.listen(model, "after_delete", forget)
