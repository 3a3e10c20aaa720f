"""A row of any kind that holds sealed texts, whichever feature brought it."""

from datetime import UTC, date, datetime

from sqlalchemy import Enum

from commission_app.core.db import db
from commission_app.core.vault.columns import SealedRow
from commission_app.dossiers.models import Dossier


def sealed_kinds():
    """Every model with sealed columns."""
    kinds = [mapper.class_ for mapper in db.Model.registry.mappers]
    return [kind for kind in kinds if issubclass(kind, SealedRow)]


def row_of(place, kind, dossier):
    """The row of a kind on a dossier, made where there is none."""
    if kind is Dossier:
        return dossier
    return db.session.query(kind).filter_by(dossier_id=dossier.id).first() or _made(place, kind, dossier)


def _made(place, kind, dossier):
    """A row with some value in each column that must have one."""
    row = kind(dossier_id=dossier.id)
    for column in kind.__table__.columns:
        if getattr(row, column.name, None) is None and not column.nullable and column.default is None:
            setattr(row, column.name, _some_value(place, column))
    db.session.add(row)
    db.session.flush()
    return row


def _some_value(place, column):
    if column.foreign_keys:
        return place.ines.id
    if isinstance(column.type, Enum):
        return next(iter(column.type.enum_class))
    some = {int: 1, str: "x", date: date(2026, 1, 5), datetime: datetime(2026, 1, 5, tzinfo=UTC), bool: True}
    return some[column.type.python_type]
