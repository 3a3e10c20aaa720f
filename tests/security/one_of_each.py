"""A row in each table that has none, made from the models themselves."""

import uuid
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import Column, Enum, TypeDecorator, insert, select

from commission_app.core import clock
from commission_app.core.db import db
from commission_app.core.vault.columns import SealedRow

WORDS = "canari"
#: One of two columns that may each be missing.
OWNERS = {"calendar_feed.user_id"}


def fill_empty_tables() -> None:
    """One row in each table without any, those referred to first."""
    models = {mapper.local_table: mapper.class_ for mapper in db.Model.registry.mappers}
    for table in db.metadata.sorted_tables:
        if db.session.execute(select(table).limit(1)).first():
            continue
        values = {column.name: _value(column) for column in table.columns if not _is_left_out(column)}
        model = models.get(table)
        if model is not None and issubclass(model, SealedRow):
            _add_sealed(model, values)
        else:
            db.session.execute(insert(table).values(values))


def _add_sealed(model: type[Any], values: dict[str, Any]) -> None:
    """What is sealed is given as text, and sealed as it is written."""
    texts = {one.name: WORDS.encode() if one.nothing == b"" else WORDS for one in model.sealed_columns}
    db.session.add(model(**{name: value for name, value in values.items() if name not in texts}, **texts))
    db.session.flush()


def _is_left_out(column: Column[Any]) -> bool:
    """Counters count by themselves; what may be missing is missing."""
    counts = column.primary_key and column.type.python_type is int and not column.foreign_keys
    return counts or (column.nullable and str(column) not in OWNERS)


def _value(column: Column[Any]) -> Any:
    for key in column.foreign_keys:
        return db.session.execute(select(key.column).limit(1)).scalar_one()
    if isinstance(column.type, Enum):
        return next(iter(column.type.enum_class or column.type.enums))
    kind = column.type.impl_instance if isinstance(column.type, TypeDecorator) else column.type
    return _of_kind(kind.python_type)


def _of_kind(kind: type) -> Any:
    made: dict[type, Any] = {
        str: WORDS, int: 1, bool: False, date: clock.today(), datetime: clock.now(), bytes: WORDS.encode(),
        uuid.UUID: uuid.uuid4(), object: [], time: time(9),
    }  # fmt: skip
    return made[kind]


def put_moments(*names: str) -> None:
    """Columns of moments that no row has: `put_moments("dossier.erased_at")`."""
    for name in names:
        table, column = name.split(".")
        db.session.execute(db.metadata.tables[table].update().values({column: clock.now()}))
