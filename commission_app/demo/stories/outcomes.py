"""What the commission decides on a situation of the demonstration."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from commission_app.binomes.states import Competence
from commission_app.sessions.states import DecisionKind


@dataclass(frozen=True)
class Outcome:
    """A decision in words, the action that follows from it and which competence carries it out."""

    kind: DecisionKind
    text: str
    action: str
    by: Competence
    days: int
    offer: str = ""
    theme: str = ""


def outcome_of(key: str) -> Outcome:
    """The decision on a situation."""
    return _outcomes()[key]


@cache
def _outcomes() -> dict[str, Outcome]:
    rows = json.loads(Path(__file__).with_name("outcomes.json").read_text(encoding="utf-8"))
    return {
        key: Outcome(**{**row, "kind": DecisionKind(row["kind"]), "by": Competence(row["by"])})
        for key, row in rows.items()
    }
