"""What the database broke off to untie two transactions that waited for each other is done once more."""

from collections.abc import Callable
from typing import TypeVar

from flask import request
from sqlalchemy.exc import OperationalError

from commission_app.core.db import has_committed, rollback

T = TypeVar("T")
#: PostgreSQL: deadlock detected, and a transaction that could not be put in an order with another.
BROKEN_OFF = frozenset({"40P01", "40001"})
TRIES = 3


def untied(answer: Callable[[], T]) -> T:
    """Answer a request, anew when the database chose its transaction as the one to break off.

    Nobody wrote anything wrong and nothing was kept, so that nobody needs to know. Never after a commit.
    """
    for _ in range(TRIES - 1):
        try:
            return answer()
        except OperationalError as error:
            if getattr(error.orig, "sqlstate", None) not in BROKEN_OFF or has_committed() or _holds_file():
                raise
            rollback()
    return answer()


def _holds_file() -> bool:
    """Whether the form brought a file, which was read to its end."""
    return request.mimetype == "multipart/form-data"
