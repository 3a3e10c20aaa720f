"""Lists a page at a time; the cost of a page does not grow with the table."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import Select, func, select

from commission_app.core.db import db
from commission_app.core.prepared import Prepared

COUNT_LIMIT = 500
PAGE_SIZE = 25
T = TypeVar("T")


@dataclass(frozen=True)
class Page(Generic[T]):
    """One page of a list. `total` is exact up to COUNT_LIMIT; `is_more` says that there are more than
    that."""

    items: Sequence[T]
    number: int
    size: int
    total: int
    is_more: bool

    @property
    def has_next(self) -> bool:
        """Whether a page follows."""
        return self.is_more or self.number * self.size < self.total

    @property
    def has_previous(self) -> bool:
        """Whether a page precedes."""
        return self.number > 1

    @property
    def count_words(self) -> str:
        """« 29 », or « plus de 500 »."""
        return f"plus de {COUNT_LIMIT}" if self.is_more else str(self.total)


def paginate(
    query: Select[Any], *, number: int = 1, size: int = PAGE_SIZE, of: Select[Any] | None = None
) -> Page[Any]:
    """Read one page of entities (1-based) and count up to COUNT_LIMIT: two queries.

    `of` is the whole list where `query` reads no further than the page.
    """
    number = max(1, number)
    items = db.session.scalars(query.limit(size).offset((number - 1) * size)).unique().all()
    total = db.session.scalar(_counting(query if of is None else of)) or 0
    return _page(items, number, size, total)


class PreparedPage:
    """Pages of a list whose two statements are built once, as `core.prepared` says: one gives the rows of a
    page, the other counts the whole list up to COUNT_LIMIT.

    `build` gives the rows for the values, `of` the list to count, on the same values.
    """

    def __init__(self, build: Callable[..., Select[Any]], *, of: Callable[..., Select[Any]]) -> None:
        self._rows = Prepared(lambda *, limit, offset, **values: build(**values).limit(limit).offset(offset))
        self._total = Prepared(lambda **values: _counting(of(**values)))

    def read(self, line: Callable[..., T], number: int, values: dict[str, Any]) -> Page[T]:
        """A page (1-based), each row made into a `line`."""
        number = max(1, number)
        rows = self._rows(**values, limit=PAGE_SIZE, offset=(number - 1) * PAGE_SIZE).all()
        items = [line(*row) for row in rows]
        return _page(items, number, PAGE_SIZE, self._total(**values).scalar() or 0)


def _counting(query: Select[Any]) -> Select[Any]:
    few = (
        query.with_only_columns(1, maintain_column_froms=True)
        .order_by(None)
        .limit(COUNT_LIMIT + 1)
        .subquery()
    )
    return select(func.count()).select_from(few)


def _page(items: Sequence[T], number: int, size: int, total: int) -> Page[T]:
    return Page(
        items=items, number=number, size=size, total=min(total, COUNT_LIMIT), is_more=total > COUNT_LIMIT
    )
