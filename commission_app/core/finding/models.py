"""What is found by its words."""

import uuid

from sqlalchemy import Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from commission_app.core.db import Model


class SearchEntry(Model):
    """The stems of one thing that is searched; `number` grows, so that the latest come first.

    The database keeps an index of `words` beside: the virtual table `search_entry_fts` on SQLite, a GIN index
    on PostgreSQL (migration 0007). `territory_id` narrows, where the thing has a territory.
    """

    __tablename__ = "search_entry"
    __table_args__ = (Index("ix_search_entry_subject", "kind", "subject_id", unique=True),)

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    kind: Mapped[str] = mapped_column(String(24))
    subject_id: Mapped[uuid.UUID]
    territory_id: Mapped[uuid.UUID | None]
    words: Mapped[str] = mapped_column(Text)
