"""The lines of a dossier as the shared presentation reads them."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from commission_app.core.vault.lines import SealedLines
from commission_app.dossiers.models import Attempt, BlockCriterion, DiagnosisLine, ParcoursStep
from commission_app.dossiers.states import AttemptScope, Criterion, DiagnosisItem, Level, StepOutcome


class Why(NamedTuple):
    """One reason why the situation is blocked."""

    criterion: Criterion
    fact: str


class Diagnosed(NamedTuple):
    """One item of the socle commun."""

    item: DiagnosisItem
    level: Level
    note: str


class Step(NamedTuple):
    """One step of the parcours."""

    starts_on: date
    ends_on: date | None
    structure_name: str
    action: str
    outcome: StepOutcome
    result: str


class Tried(NamedTuple):
    """Something that was tried."""

    scope: AttemptScope
    tried_on: date
    what: str
    with_whom: str
    result: str
    helped: bool


@dataclass(frozen=True)
class Lines:
    """All of one dossier."""

    criteria: list[Why]
    diagnosis: list[Diagnosed]
    parcours: list[Step]
    attempts: list[Tried]


_CRITERIA = SealedLines(BlockCriterion, Why, order_by="criterion")
_DIAGNOSIS = SealedLines(DiagnosisLine, Diagnosed, order_by="item")
_PARCOURS = SealedLines(ParcoursStep, Step, order_by="starts_on")
_ATTEMPTS = SealedLines(Attempt, Tried, order_by="tried_on")


def lines_of(dossier_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, Lines]:
    """The lines of each of these dossiers: four statements, however many there are."""
    criteria, diagnosis = _CRITERIA.of(dossier_ids), _DIAGNOSIS.of(dossier_ids)
    parcours, attempts = _PARCOURS.of(dossier_ids), _ATTEMPTS.of(dossier_ids)
    return {one: Lines(criteria[one], diagnosis[one], parcours[one], attempts[one]) for one in dossier_ids}
