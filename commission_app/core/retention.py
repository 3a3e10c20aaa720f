"""What is forgotten once its delay is over, whichever feature keeps it: done each day, counted beforehand by
the command."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Forgotten:
    """A kind of thing with an end: what it is called, which rows are due, how one is forgotten."""

    label: str
    due: Callable[[], Sequence[Any]]
    forget: Callable[[None, Any], None]


_kinds: list[Forgotten] = []


def forgotten_after_a_delay(
    label: str, *, due: Callable[[], Sequence[Any]], forget: Callable[[None, Any], None]
) -> None:
    """Have a kind of thing forgotten by the daily work; its service is called without an account."""
    _kinds.append(Forgotten(label, due, forget))


def forget_what_is_due(*, dry_run: bool = False) -> dict[str, int]:
    """Forget what is due, or only count it: how many of each kind, by its label."""
    found = {}
    for kind in _kinds:
        rows = kind.due()
        found[kind.label] = len(rows)
        for row in () if dry_run else rows:
            kind.forget(None, row)
    return found
