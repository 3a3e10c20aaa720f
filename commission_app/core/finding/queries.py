"""Finding things by their words: the same stems asked of FTS5 and of tsvector, so both find the same."""

import uuid
from collections.abc import Collection, Iterable

from sqlalchemy import ColumnElement, Select, column, func, literal_column, select, text

from commission_app.core.db import db
from commission_app.core.finding.models import SearchEntry
from commission_app.core.search import mark, stems

#: A typed word of three letters finds the words that begin with it.
BEGINNING = 3


def matching(kind: str, typed: str, marks: Iterable[str] = ()) -> Select[uuid.UUID]:
    """The identifiers of the things of a kind that hold each word typed, or its start, and each mark."""
    asked = [_term(word, len(word) >= BEGINNING) for word in stems(typed)]
    asked += [_term(mark(one), False) for one in marks]
    return _ids(kind, " {and} ".join(asked))


def sharing(kind: str, words: Collection[str], marks: Collection[str], *, limit: int) -> Select[uuid.UUID]:
    """The identifiers of the latest things of a kind that share a word (a stem) or a mark."""
    asked = [_term(word, False) for word in words] + [_term(mark(one), False) for one in marks]
    found = _ids(kind, f"({' {or} '.join(asked)})" if asked else "")
    return found.order_by(SearchEntry.number.desc()).limit(limit)


def _ids(kind: str, asked: str) -> Select[uuid.UUID]:
    query = select(SearchEntry.subject_id).where(SearchEntry.kind == kind)
    return query.where(_holds(f"{_term(kind_mark(kind), False)} {{and}} {asked}")) if asked else query


def kind_mark(kind: str) -> str:
    """A kind as a word of its entries: the index itself then narrows by kind."""
    return mark(f"kind{kind}")


def _term(word: str, is_beginning: bool) -> str:
    """A stem holds letters or digits alone: nothing in it is an operator."""
    return f"{word}{{any}}" if is_beginning else word


def _holds(asked: str) -> ColumnElement[bool]:
    if db.engine.dialect.name == "sqlite":
        words = asked.format(**{"and": "AND", "or": "OR", "any": "*"})
        rows = text("SELECT rowid FROM search_entry_fts WHERE search_entry_fts MATCH :asked")
        return SearchEntry.number.in_(rows.bindparams(asked=words).columns(column("rowid")))
    simple: ColumnElement[str] = literal_column("'simple'::regconfig")
    words = asked.format(**{"and": "&", "or": "|", "any": ":*"})
    return func.to_tsvector(simple, SearchEntry.words).bool_op("@@")(func.to_tsquery(simple, words))
