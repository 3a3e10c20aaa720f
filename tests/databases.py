"""A fresh database for each test, quickly: an empty migrated one is made once and put back before each."""

import contextlib
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

from flask import Flask
from sqlalchemy import text

from commission_app.core.db import commit, db, upgrade

MEMORY = Path("/dev/shm")  # a folder without a disk behind it, where the system has one


class Database(Protocol):
    """What the tests need of a kind of database."""

    url: str

    def prepare(self, app: Flask) -> None:
        """Migrate, once a run."""

    def reset(self, app: Flask) -> None:
        """Make it as it was after the migrations."""


class SqliteFile:
    """The migrated file is kept beside and copied back: a test costs a file copy."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "tests.db"
        self.template = folder / "template.db"
        self.url = f"sqlite:///{self.path}"

    def prepare(self, app: Flask) -> None:
        """Migrate, then keep the file without its journal."""
        upgrade(app)
        self._close(app)
        with contextlib.closing(sqlite3.connect(self.path)) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        shutil.copyfile(self.path, self.template)

    def reset(self, app: Flask) -> None:
        """Put the migrated file back."""
        self._close(app)
        for suffix in ("-wal", "-shm"):
            self.path.with_name(self.path.name + suffix).unlink(missing_ok=True)
        shutil.copyfile(self.template, self.path)

    def _close(self, app: Flask) -> None:
        with app.app_context():
            db.session.remove()
            db.engine.dispose()


class PostgresDatabase:
    """Rows are deleted: about a millisecond, where cloning a template writes a whole database."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._tables: list[str] = []

    def prepare(self, app: Flask) -> None:
        """Migrate an empty schema and remember its tables."""
        with app.app_context(), db.engine.begin() as connection:
            connection.execute(text("DROP SCHEMA public CASCADE"))
            connection.execute(text("CREATE SCHEMA public"))
        upgrade(app)
        self._tables = [table.name for table in reversed(db.metadata.sorted_tables)]

    def reset(self, app: Flask) -> None:
        """Empty every table; a transaction that a test left open fails the next one instead of hanging it."""
        deletions = ";".join(f'DELETE FROM "{name}"' for name in self._tables)
        with app.app_context():
            db.session.remove()
            with db.engine.begin() as connection:
                connection.execute(text("SET LOCAL lock_timeout = '5s'"))
                connection.execute(text("SET LOCAL session_replication_role = replica"))
                connection.exec_driver_sql(deletions)


def settle() -> None:
    """End the test's own transaction: the server sees what was arranged, and the next look is fresh.

    A test that drives a live server calls it after arranging and before each look at the database; SQLite has
    one writer at a time, and a test that keeps a transaction open would be it.
    """
    commit()


@contextlib.contextmanager
def fast_folder() -> Iterator[Path]:
    """A folder for the files of this run, in memory where possible."""
    place = MEMORY if os.access(MEMORY, os.W_OK) else None
    with tempfile.TemporaryDirectory(prefix="commission-", dir=place, ignore_cleanup_errors=True) as name:
        yield Path(name)
