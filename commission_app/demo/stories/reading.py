"""Reading the situations from the files beside this one."""

import json
from pathlib import Path
from typing import Any

from commission_app.binomes.states import Competence
from commission_app.demo.stories.template import Story
from commission_app.dossiers.states import (
    AgeBand,
    AttemptScope,
    Contract,
    Criterion,
    DiagnosisItem,
    Household,
    StepOutcome,
    Urgency,
)


def stories(name: str) -> list[Story]:
    """The situations of one file (`arles`, `berre`, `others`), in order."""
    rows = json.loads(Path(__file__).with_name(f"{name}.json").read_text(encoding="utf-8"))
    return [_story(row) for row in rows]


def _story(row: dict[str, Any]) -> Story:
    known = {
        "age": AgeBand(row["age"]),
        "household": Household(row["household"]),
        "contract": Contract(row["contract"]),
        "urgency": Urgency(row.get("urgency", Urgency.NORMAL.value)),
        "children": row.get("children", 0),
        "needed": tuple(Competence(value) for value in row["needed"]),
        "criteria": {Criterion(value): fact for value, fact in row["criteria"].items()},
        "neutral": tuple(DiagnosisItem(value) for value in row.get("neutral", ())),
        "origin": tuple(row["origin"]),
        "steps": tuple((*step[:4], StepOutcome(step[4]), step[5]) for step in row["steps"]),
        "tried": tuple((AttemptScope(one[0]), *one[1:]) for one in row["tried"]),
    }
    notes = {name: _notes(row.get(name, {})) for name in ("freins", "strengths", "lifted")}
    return Story(**{**row, **known, **notes})


def _notes(row: dict[str, str]) -> dict[DiagnosisItem, str]:
    return {DiagnosisItem(value): note for value, note in row.items()}
