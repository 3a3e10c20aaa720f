"""The one source of the present moment, so that a test can set it."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

PARIS = ZoneInfo("Europe/Paris")

_frozen: list[datetime] = []
_forbidden: ContextVar[bool] = ContextVar("forbidden", default=False)


def now() -> datetime:
    """The present moment, aware, in UTC."""
    if _forbidden.get():
        raise RuntimeError("What is built once must not keep the moment at which it was built.")
    return _frozen[-1] if _frozen else datetime.now(UTC)


def today() -> date:
    """The present day as people in metropolitan France say it."""
    return now().astimezone(PARIS).date()


def local(moment: datetime) -> datetime:
    """A stored moment in the hour of metropolitan France."""
    return moment.astimezone(PARIS)


@contextmanager
def frozen(moment: datetime) -> Iterator[None]:
    """Hold the present at `moment` (aware) inside the block; for tests and the demo data."""
    _frozen.append(moment.astimezone(UTC))
    try:
        yield
    finally:
        _frozen.pop()


@contextmanager
def forbidden() -> Iterator[None]:
    """Refuse to tell the time inside the block, to whatever would keep it for later."""
    token = _forbidden.set(True)
    try:
        yield
    finally:
        _forbidden.reset(token)
