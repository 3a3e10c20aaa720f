"""Statements that are built once: putting one together costs more than running it."""

import uuid
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from sqlalchemy import BindParameter, Date, Executable, Integer, Result, Select, Uuid, bindparam
from sqlalchemy.orm import Session

from commission_app.core import clock
from commission_app.core.db import Moment, db

#: The present, as a value that each run of a statement asks anew.
TODAY: BindParameter[Any] = bindparam("today", type_=Date(), unique=True, callable_=clock.today)
NOW: BindParameter[Any] = bindparam("now", type_=Moment(), unique=True, callable_=clock.now)

_TYPES = ((uuid.UUID, Uuid()), (datetime, Moment()), (date, Date()), (int, Integer()))


class Prepared:
    """A statement whose values are named when it is built and given each time it runs.

    `build` gets a bound parameter for each value, a list of them for a tuple, and true, false or None as they
    are: it is called once for each such shape. It never asks the clock, which would answer once for all:
    a criterion of the present compares with TODAY or NOW.
    """

    def __init__(self, build: Callable[..., Executable]) -> None:
        self._build = build
        self._built: dict[tuple[object, ...], tuple[Executable, bool]] = {}

    def __call__(self, **values: Any) -> Result[*tuple[Any, ...]]:
        """Run the statement with these values."""
        shape = tuple(map(_shape, values.values()))
        if shape not in self._built:
            with clock.forbidden():
                built = self._build(**{name: _named(name, values[name]) for name in values})
            self._built[shape] = built, _loads_entities(built)
        statement, loads = self._built[shape]
        session: Session = db.session()
        if loads:
            return session.execute(statement, _flat(values))
        session.flush()
        return session.connection().execute(statement, _flat(values))  # rows as they are: a third less work


def _loads_entities(statement: Executable) -> bool:
    described = statement.column_descriptions if isinstance(statement, Select) else [{}]
    return any(one.get("entity") is one.get("expr") for one in described)


def _shape(value: object) -> object:
    if isinstance(value, tuple):
        return len(value)
    return value if value is None or isinstance(value, bool) else "value"


def _named(name: str, value: object) -> object:
    if isinstance(value, tuple):
        return [_bound(f"{name}_{place}", one) for place, one in enumerate(value)]
    return value if value is None or isinstance(value, bool) else _bound(name, value)


def _bound(name: str, value: object) -> BindParameter[Any]:
    return bindparam(name, type_=next((type_ for kind, type_ in _TYPES if isinstance(value, kind)), None))


def _flat(values: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in values.items():
        if isinstance(value, tuple):
            found |= {f"{name}_{place}": one for place, one in enumerate(value)}
        elif value is not None and not isinstance(value, bool):
            found[name] = value
    return found
