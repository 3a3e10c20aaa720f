"""A fresh database for each test, quickly: what was made once is kept and put back before each."""

import contextlib
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Protocol

from flask import Flask
from sqlalchemy import text

from commission_app.core.db import commit, db, upgrade
from commission_app.core.vault.store import key_store

MEMORY = Path("/dev/shm")  # a folder without a disk behind it, where the system has one


EMPTY = "empty"
COUNTERS = "SELECT sequencename::text, coalesce(last_value, 1), last_value IS NOT NULL FROM pg_sequences"


class Database(Protocol):
    """What the tests need of a kind of database."""

    url: str

    def prepare(self, app: Flask) -> None:
        """Migrate, once a run; what stands there then is kept as EMPTY."""

    def keep(self, app: Flask, name: str) -> None:
        """Keep what is committed under a name."""

    def put_back(self, app: Flask, name: str = EMPTY) -> None:
        """Make it as it was when it was kept."""


class SqliteFile:
    """Kept files stand beside and are copied back: a test costs a file copy."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "tests.db"
        self.url = f"sqlite:///{self.path}"

    def prepare(self, app: Flask) -> None:
        """Migrate."""
        upgrade(app)
        self.keep(app, EMPTY)

    def keep(self, app: Flask, name: str) -> None:
        """Copy the file without its journal."""
        let_go(app)
        with contextlib.closing(sqlite3.connect(self.path)) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        shutil.copyfile(self.path, self._kept(name))

    def put_back(self, app: Flask, name: str = EMPTY) -> None:
        """Put a copy in its place.

        It is another file under the same name: a thread that ends late (a follower hung up) may still hold
        the former one, and would otherwise share, or on closing delete, the journal of the next test.
        """
        let_go(app)
        fresh = self.path.with_suffix(".fresh")
        shutil.copyfile(self._kept(name), fresh)
        for suffix in ("-wal", "-shm"):
            self.path.with_name(self.path.name + suffix).unlink(missing_ok=True)
        fresh.replace(self.path)

    def _kept(self, name: str) -> Path:
        return self.path.with_name(f"{name}.kept")


class PostgresDatabase:
    """Rows are deleted and copied in: milliseconds, where cloning a template writes a whole database."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._tables: list[str] = []
        self._kept: dict[str, dict[str, bytes]] = {}
        self._counters: dict[str, list[tuple[str, int, bool]]] = {}

    def prepare(self, app: Flask) -> None:
        """Migrate an empty schema and remember its tables."""
        with app.app_context(), db.engine.begin() as connection:
            connection.execute(text("DROP SCHEMA public CASCADE"))
            connection.execute(text("CREATE SCHEMA public"))
        upgrade(app)
        self._tables = [table.name for table in reversed(db.metadata.sorted_tables)]
        self.keep(app, EMPTY)

    def keep(self, app: Flask, name: str) -> None:
        """Copy out the rows of each table that has any, and how far the counters of rows have come."""
        with self._cursor(app) as cursor:
            taken = {table: self._rows(cursor, table) for table in self._tables}
            self._counters[name] = cursor.execute(COUNTERS).fetchall()
        self._kept[name] = {table: rows for table, rows in taken.items() if rows}

    def put_back(self, app: Flask, name: str = EMPTY) -> None:
        """Copy them in; a transaction that a test left open fails the next one instead of hanging it."""
        deletions = ";".join(f'DELETE FROM "{table}"' for table in self._tables)
        with self._cursor(app) as cursor:
            cursor.execute("SET LOCAL lock_timeout = '5s'; SET LOCAL session_replication_role = replica")
            cursor.execute(deletions)
            for table, rows in self._kept[name].items():
                with cursor.copy(f'COPY "{table}" FROM STDIN') as copy:
                    copy.write(rows)
            cursor.executemany("SELECT setval(%s, %s, %s)", self._counters[name])

    @contextlib.contextmanager
    def _cursor(self, app: Flask) -> Iterator[Any]:
        with app.app_context():
            db.session.remove()
            with db.engine.begin() as connection, connection.connection.cursor() as cursor:
                yield cursor

    def _rows(self, cursor: Any, table: str) -> bytes:
        with cursor.copy(f'COPY "{table}" TO STDOUT') as copy:
            return b"".join(copy)


def let_go(app: Flask) -> None:
    """Close every connection of an application: the file behind them may be put in another's place."""
    with app.app_context():
        db.session.remove()
        db.engine.dispose()
        key_store().close()


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
