"""What the commission decided, as the person is told: given by the feature that holds the decisions."""

import uuid
from collections.abc import Callable
from datetime import date
from typing import NamedTuple


class Decided(NamedTuple):
    """One decision in plain words."""

    held_on: date
    paragraphs: list[str]


Teller = Callable[[uuid.UUID], list[Decided]]
_tellers: list[Teller] = []


def tells_decisions(teller: Teller) -> Teller:
    """Register what knows the decisions on a dossier: features above import this one, never the reverse."""
    if teller not in _tellers:
        _tellers.append(teller)
    return teller


def decided_on(dossier_id: uuid.UUID) -> list[Decided]:
    """What the person may be told of, the latest first."""
    found = [one for teller in _tellers for one in teller(dossier_id)]
    return sorted(found, key=lambda one: one.held_on, reverse=True)
