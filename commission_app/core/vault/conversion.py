"""Changing stored columns between plain and sealed, with the rows in place: for migrations."""

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from alembic import op

from commission_app.core.vault.house import NO_DOSSIER, house_key
from commission_app.core.vault.sealing import place_of, seal, seal_bytes, unseal, unseal_bytes
from commission_app.core.vault.store import key_store

BATCH = 500
Change = Callable[[bytes, Any, bytes], Any]


@dataclass(frozen=True)
class SealedTable:
    """A table with the columns to convert (name → plain type), and the columns that hold the identifiers of
    the row and of its dossier; `number` is the primary key where a row has no identifier of its own."""

    name: str
    columns: dict[str, sa.types.TypeEngine[Any]]
    row: str = "id"
    subject: str = "dossier_id"
    number: str = ""


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


def make_house_key() -> None:
    """The key of the rows that are about no dossier."""
    key_store().prepare()
    house_key(NO_DOSSIER)


def seal_table(table: SealedTable) -> None:
    """Turn the columns of a table into sealed ones; the keys are there already."""
    changes = {name: seal_bytes if _is_bytes(kind) else seal for name, kind in table.columns.items()}
    _convert(table, dict.fromkeys(table.columns, sa.LargeBinary()), changes)


def unseal_table(table: SealedTable) -> None:
    """Turn the columns back into plain content; what was erased comes back as none."""
    changes = {name: unseal_bytes if _is_bytes(kind) else unseal for name, kind in table.columns.items()}
    _convert(table, table.columns, changes)


def _is_bytes(kind: Any) -> bool:
    return isinstance(kind, sa.LargeBinary)


def _convert(table: SealedTable, kinds: dict[str, Any], changes: Mapping[str, Change]) -> None:
    """A new column beside each old one, filled, then put in its place. No table is made anew: SQLite would
    delete the rows that depend on it."""
    for name, kind in kinds.items():
        new = sa.Column(f"{name}_new", kind, nullable=False, server_default=_nothing(kind))
        op.add_column(table.name, new)
    _fill(table, kinds, changes)
    for name in kinds:
        op.execute(f'ALTER TABLE {table.name} DROP COLUMN "{name}"')
        op.execute(f'ALTER TABLE {table.name} RENAME COLUMN "{name}_new" TO "{name}"')


def _nothing(kind: Any) -> sa.TextClause:
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    return sa.text("x''" if is_sqlite and _is_bytes(kind) else "''")


def _fill(table: SealedTable, kinds: dict[str, Any], changes: Mapping[str, Change]) -> None:
    by = sa.column(table.number, sa.Integer) if table.number else sa.column(table.row, sa.Uuid)
    ids = [sa.column(name, sa.Uuid) for name in {table.row, table.subject} - {by.name}]
    query = sa.select(by, *ids, *(sa.column(name) for name in kinds)).select_from(sa.table(table.name))
    rows = op.get_bind().execute(query).mappings().all()
    new = sa.table(table.name, by, *(sa.column(f"{name}_new", kind) for name, kind in kinds.items()))
    write = (
        sa.update(new)
        .where(new.c[by.name] == sa.bindparam("of_row"))
        .values({f"{name}_new": sa.bindparam(f"to_{name}") for name in kinds})
    )
    for start in range(0, len(rows), BATCH):
        some = [(row, row[table.subject] or NO_DOSSIER) for row in rows[start : start + BATCH]]
        keys = key_store().load({subject_id for _row, subject_id in some})
        changed = [
            {"of_row": row[by.name], **_changed(table, row, subject_id, key, changes)}
            for row, subject_id in some
            if (key := keys.get(subject_id))
        ]
        if changed:
            op.get_bind().execute(write, changed)


def _changed(
    table: SealedTable, row: Any, subject_id: uuid.UUID, key: bytes, changes: Mapping[str, Change]
) -> dict[str, Any]:
    places = {name: place_of(table.name, name, row[table.row], subject_id) for name in changes}
    return {f"to_{name}": change(key, row[name], places[name]) for name, change in changes.items()}
