"""Finding things by their words: the same stems asked of FTS5 and of tsvector, so both find the same."""

import uuid
from collections.abc import Collection, Iterable

from sqlalchemy import ColumnElement, Integer, Select, column, func, literal_column, select, table, text

from commission_app.core.db import db
from commission_app.core.finding.models import SearchEntry
from commission_app.core.search import mark, stems

#: Three letters of the last word find the words that begin with them.
BEGINNING = 3
Query = Select[uuid.UUID]
_FTS = table("search_entry_fts", column("rowid", Integer))


def matching(kind: str, typed: str, marks: Iterable[str] = ()) -> Select[uuid.UUID]:
    """The identifiers of the things of a kind that hold each word typed and each mark; the last word may be
    only begun."""
    words = stems(typed)
    asked = [_term(word, is_begun=word == words[-1] and len(word) >= BEGINNING) for word in words]
    return _ids(kind, " {and} ".join(asked + [mark(one) for one in marks]))


def sharing(kind: str, words: Collection[str], marks: Collection[str], *, limit: int) -> Select[uuid.UUID]:
    """The identifiers of the latest things of a kind that share a word (a stem) or a mark."""
    asked = [*words, *map(mark, marks)]
    return _ids(kind, f"({' {or} '.join(asked)})" if asked else "", latest=limit)


def kind_mark(kind: str) -> str:
    """A kind as a word of its entries: the index itself then narrows by kind."""
    return mark(f"kind{kind}")


def _ids(kind: str, asked: str, *, latest: int | None = None) -> Query:
    """The words narrow by kind too: a condition on the column would lead SQLite to read the whole kind."""
    query: Query = select(SearchEntry.subject_id)
    is_kind = _holds(f"{kind_mark(kind)} {{and}} {asked}", latest) if asked else SearchEntry.kind == kind
    query = query.where(is_kind)
    return query if latest is None else query.order_by(SearchEntry.number.desc()).limit(latest)


def _term(word: str, *, is_begun: bool) -> str:
    """A stem holds letters or digits alone: nothing in it is an operator."""
    return f"{word}{{any}}" if is_begun else word


def _holds(asked: str, latest: int | None) -> ColumnElement[bool]:
    """Whether an entry holds what is asked. FTS5 gives its rows in order, and stops at the latest wanted."""
    if db.engine.dialect.name == "sqlite":
        words = asked.format(**{"and": "AND", "or": "OR", "any": "*"})
        held = text("search_entry_fts MATCH :asked").bindparams(asked=words)
        rows = select(_FTS.c.rowid).where(held)
        return SearchEntry.number.in_(rows.order_by(_FTS.c.rowid.desc()).limit(latest) if latest else rows)
    simple: ColumnElement[str] = literal_column("'simple'::regconfig")
    words = asked.format(**{"and": "&", "or": "|", "any": ":*"})
    return func.to_tsvector(simple, SearchEntry.words).bool_op("@@")(func.to_tsquery(simple, words))
