"""The embedded database: what a connection is told, and how writers take turns."""

import threading
from collections.abc import Callable
from typing import Any

from sqlalchemy import Engine, event

BUSY_SECONDS = 10


def prepare_sqlite(engine: Engine, *, is_reading: Callable[[], bool]) -> None:
    """How each connection is opened and each transaction begun; one that only reads takes no lock."""

    @event.listens_for(engine, "connect")
    def on_connect(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in (
            "journal_mode=WAL",
            "synchronous=FULL",
            f"busy_timeout={1000 * BUSY_SECONDS}",
            "foreign_keys=ON",
            "secure_delete=ON",
        ):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    turns = _Turns()

    @event.listens_for(engine, "begin")
    def on_begin(connection: Any) -> None:
        if is_reading():
            connection.exec_driver_sql("BEGIN")
            return
        turns.take(connection.info)
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    @event.listens_for(engine, "checkin")
    def on_checkin(_connection: Any, record: Any) -> None:
        turns.give_back(record.info)


class _Turns:
    """The writers of this process wait in a line for SQLite's one place: left to itself each tries again
    after a pause of its own, and under a storm some try for seconds.

    A turn lasts until the connection goes back to the pool. It is a courtesy: SQLite's own lock is what
    holds, and who has waited too long in the line goes and asks it.
    """

    def __init__(self) -> None:
        self._line = threading.Lock()

    def take(self, info: Any) -> None:
        """Wait for one's turn; who has it keeps it for the next transaction of the same connection."""
        if not info.get("has_turn"):
            info["has_turn"] = self._line.acquire(timeout=BUSY_SECONDS)

    def give_back(self, info: Any) -> None:
        """Let the next one write."""
        if info.pop("has_turn", False):
            self._line.release()
