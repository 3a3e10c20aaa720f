"""The lines of dossiers for showing: rows as they are with their texts opened, where an object for each would
cost several times as much."""

import inspect
import uuid
from collections import defaultdict
from collections.abc import Collection
from typing import Any, Generic, NamedTuple, TypeVar

from sqlalchemy import Select, select

from commission_app.core.db import db
from commission_app.core.prepared import Prepared
from commission_app.core.vault.columns import SealedColumn, SealedRow
from commission_app.core.vault.transaction import key_to_read

L = TypeVar("L", bound=NamedTuple)


class SealedLines(Generic[L]):
    """Rows of one kind (`kind`, sealed under its `dossier_id`) as lines: named tuples whose fields bear the
    names of its attributes, sealed ones or not."""

    def __init__(self, kind: type[SealedRow], line: type[L], *, order_by: str) -> None:
        self._kind: Any = kind
        self._line: Any = line
        self._order_by = order_by
        self._sealed = [self._sealed_at(name) for name in self._line._fields]
        self._read = Prepared(self._statement)

    def of(self, dossier_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, list[L]]:
        """The lines of these dossiers in their order; nothing stands in the texts of one whose key is
        destroyed."""
        found: dict[uuid.UUID, list[L]] = defaultdict(list)
        session, asked = db.session(), set(dossier_ids)
        for row_id, dossier_id, *kept in self._read(dossier_ids=tuple(sorted(asked))) if asked else ():
            is_written = any(value for sealed, value in zip(self._sealed, kept, strict=True) if sealed)
            key = key_to_read(session, dossier_id, lambda _session: asked) if is_written else None
            values = (
                value if sealed is None else sealed.open_with(key, value, row_id, dossier_id)
                for sealed, value in zip(self._sealed, kept, strict=True)
            )
            found[dossier_id].append(self._line(*values))
        return found

    def _sealed_at(self, name: str) -> SealedColumn[Any] | None:
        attribute = inspect.getattr_static(self._kind, name)
        return attribute if isinstance(attribute, SealedColumn) else None

    def _statement(self, *, dossier_ids: list[Any]) -> Select[Any]:
        named = zip(self._sealed, self._line._fields, strict=True)
        columns = (sealed.column if sealed else getattr(self._kind, name) for sealed, name in named)
        query = select(self._kind.id, self._kind.dossier_id, *columns).order_by(
            getattr(self._kind, self._order_by)
        )
        return query.where(self._kind.dossier_id.in_(dossier_ids))
