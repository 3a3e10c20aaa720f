"""Counting no further than anybody reads: a home costs the same for a hundred dossiers and for a hundred
thousand."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ScalarSelect, Select, func, literal, select, union_all

LIMIT = 99


@dataclass(frozen=True)
class Count:
    """How many there are; past LIMIT only that there are more."""

    value: int

    @property
    def words(self) -> str:
        """« 29 », or « 99+ »."""
        return f"{LIMIT}+" if self.is_capped else str(self.value)

    @property
    def is_capped(self) -> bool:
        """Whether there are more than anybody counted."""
        return self.value > LIMIT

    def __bool__(self) -> bool:
        return self.value > 0


def counted(query: Select[Any], *, distinct: Any = None) -> ScalarSelect[int]:
    """The count of a selection, or of the different values of a column in it, as a part of a larger
    statement; it stops at LIMIT + 1."""
    column = literal(1).label("one") if distinct is None else distinct
    rows = query.with_only_columns(column, maintain_column_froms=True).order_by(None)
    if distinct is not None:
        rows = rows.distinct()
    return select(func.count()).select_from(rows.limit(LIMIT + 1).subquery()).scalar_subquery()


def together(parts: dict[str, ScalarSelect[Any]]) -> Select[Any]:
    """Several scalars in one statement, by their names."""
    return select(*(part.label(name) for name, part in parts.items()))


def firsts(query: Select[Any], column: Any, places: Iterable[Any], *, limit: int) -> Select[Any] | None:
    """The first rows of an ordered selection of one column in each place, together.

    Each part walks its own index and stops: an ordered list over several territories would sort them all.
    """
    parts = [query.where(column == place).limit(limit).subquery() for place in places]
    if not parts:
        return None
    return select(union_all(*(select(part.c[0]) for part in parts)).subquery().c[0])
