"""A row of any kind that holds sealed texts, whichever feature brought it."""

import json
from datetime import UTC, date, datetime

from sqlalchemy import Enum

from commission_app.core.db import db
from commission_app.core.vault.columns import SealedRow
from commission_app.dossiers.models import Dossier
from tests.factories import make_binome, make_session


def sealed_kinds():
    """Every model with sealed columns."""
    return [kind for kind in _kinds().values() if issubclass(kind, SealedRow)]


def _kinds():
    return {mapper.local_table.name: mapper.class_ for mapper in db.Model.registry.mappers}


def rows_of(dossier_id):
    """Every row with sealed columns that is of a dossier."""
    owned = [(kind, kind.id if kind is Dossier else kind.dossier_id) for kind in sealed_kinds()]
    return [row for kind, owner in owned for row in db.session.query(kind).filter(owner == dossier_id)]


def say_everywhere(place, dossier, words):
    """Write `words(kind, column)` into every sealed column of one dossier; gives what was written."""
    said = []
    for kind in sealed_kinds():
        row = row_of(place, kind, dossier)
        for column in kind.sealed_columns:
            said.append(words(kind, column))
            setattr(row, column.name, content_of(column, as_kept(kind, said[-1])))
    return said


def as_kept(kind, word):
    """A kept version is written as JSON."""
    is_json = kind.__tablename__ == "dossier_version"
    return json.dumps({"parts": {}, "levels": {}, "said": word}) if is_json else word


def content_of(column, text):
    """A text as a sealed column takes it."""
    return text.encode() if column.nothing == b"" else text


def row_of(place, kind, dossier):
    """The row of a kind on a dossier, made where there is none."""
    if kind is Dossier:
        return dossier
    return db.session.query(kind).filter_by(dossier_id=dossier.id).first() or made(place, kind, dossier)


def made(place, kind, dossier):
    """A row with some value in each column that must have one. What takes its dossier from another row is not
    told which."""
    like = getattr(kind, "sealed_like", "")
    row = kind() if like else kind(dossier_id=dossier.id)
    for column in kind.__table__.columns:
        is_wanted = column.name == like or not (column.nullable or _counts(column))
        if is_wanted and getattr(row, column.name, None) is None and column.default is None:
            setattr(row, column.name, _some_value(place, dossier, column))
    db.session.add(row)
    db.session.flush()
    return row


def _counts(column):
    return column.primary_key and column.type.python_type is int


def _some_value(place, dossier, column):
    for key in column.foreign_keys:
        return _owner(place, dossier, key.column.table.name).id
    if isinstance(column.type, Enum):
        return next(iter(column.type.enum_class))
    some = {int: 1, str: "x", date: date(2026, 1, 5), datetime: datetime(2026, 1, 5, tzinfo=UTC), bool: True}
    return some[column.type.python_type]


def _owner(place, dossier, table):
    known = {"user_account": place.ines, "structure": place.ines.structure, "territory": place.territory}
    if table in known:
        return known[table]
    if table == "binome":
        return make_binome(place.territory, place.ines.structure, place.ines, place.karim)
    if table == "commission_session":
        return make_session(place.territory, place.ines)
    return row_of(place, _kinds()[table], dossier)
