"""Changing stored columns between plain and sealed, with the rows in place: for migrations."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from alembic import op

from commission_app.core.vault.sealing import place_of, seal, unseal
from commission_app.core.vault.store import key_store

BATCH = 500
Change = Callable[[bytes, Any, bytes], Any]


@dataclass(frozen=True)
class SealedTable:
    """A table with the columns to convert (name → plain type), and the columns that hold the identifiers of
    the row and of its dossier."""

    name: str
    columns: dict[str, sa.types.TypeEngine[str]]
    row: str = "id"
    subject: str = "dossier_id"


def make_keys(table: str = "dossier") -> None:
    """A key for every dossier that has none."""
    store = key_store()
    store.prepare()
    found = op.get_bind().execute(sa.select(sa.column("id", sa.Uuid)).select_from(sa.table(table)))
    ids = list(found.scalars())
    known = store.load(ids)
    for subject_id in ids:
        if subject_id not in known:
            store.create(subject_id)


def seal_table(table: SealedTable) -> None:
    """Turn the columns of a table into sealed ones; the keys are there already."""
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    sealed = dict.fromkeys(table.columns, sa.LargeBinary())
    _convert(table, sealed, "x''" if is_sqlite else "''", seal)


def unseal_table(table: SealedTable) -> None:
    """Turn the columns back into plain text; what was erased comes back as no text."""
    _convert(table, table.columns, "''", unseal)


def _convert(table: SealedTable, kinds: dict[str, Any], nothing: str, change: Change) -> None:
    """A new column beside each old one, filled, then put in its place. No table is made anew: SQLite would
    delete the rows that depend on it."""
    for name, kind in kinds.items():
        new = sa.Column(f"{name}_new", kind, nullable=False, server_default=sa.text(nothing))
        op.add_column(table.name, new)
    _fill(table, kinds, change)
    for name in kinds:
        op.execute(f'ALTER TABLE {table.name} DROP COLUMN "{name}"')
        op.execute(f'ALTER TABLE {table.name} RENAME COLUMN "{name}_new" TO "{name}"')


def _fill(table: SealedTable, kinds: dict[str, Any], change: Change) -> None:
    ids = [sa.column(name, sa.Uuid) for name in dict.fromkeys((table.row, table.subject))]
    query = sa.select(*ids, *(sa.column(name) for name in kinds)).select_from(sa.table(table.name))
    rows = op.get_bind().execute(query).mappings().all()
    new = sa.table(table.name, *ids, *(sa.column(f"{name}_new", kind) for name, kind in kinds.items()))
    write = (
        sa.update(new)
        .where(new.c[table.row] == sa.bindparam("of_row"))
        .values({f"{name}_new": sa.bindparam(f"to_{name}") for name in kinds})
    )
    for start in range(0, len(rows), BATCH):
        some = rows[start : start + BATCH]
        keys = key_store().load({row[table.subject] for row in some})
        standing = [row for row in some if keys.get(row[table.subject])]
        if changed := [_changed(table, row, keys[row[table.subject]], change) for row in standing]:
            op.get_bind().execute(write, changed)


def _changed(table: SealedTable, row: Any, key: bytes | None, change: Change) -> dict[str, Any]:
    row_id, subject_id = row[table.row], row[table.subject]
    values = {
        f"to_{name}": change(key or b"", row[name], place_of(table.name, name, row_id, subject_id))
        for name in table.columns
    }
    return {"of_row": row_id, **values}
