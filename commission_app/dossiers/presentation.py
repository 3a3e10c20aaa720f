"""The shared presentation: what the commission reads of a dossier. Pseudonymous by construction: it is made
from the fields that the table of visibility gives to the commission, and from nothing else."""

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Any

from babel.dates import format_date

from commission_app.binomes.states import Competence
from commission_app.core import french
from commission_app.dossiers.lines import Lines, Step, Tried, Why, lines_of
from commission_app.dossiers.models import Dossier
from commission_app.dossiers.picture import Radar, Sphered, picture_of
from commission_app.dossiers.states import (
    AttemptScope,
    Criterion,
    DossierState,
    Household,
    StepOutcome,
    Urgency,
)
from commission_app.dossiers.visibility import Audience, sees_all

_MOMENT = {StepOutcome.CURRENT: "now", StepOutcome.TO_COME: "next"}

TriedRow = tuple[str, str, str, str]
StepRow = tuple[str, str, str, str]


@dataclass(frozen=True)
class Presentation:
    """What the commission reads of one dossier, in words ready to be shown. Nothing here names the person."""

    dossier_id: uuid.UUID
    code: str
    state: DossierState
    header: str
    age_band: str
    commune: str
    household: str
    wishes_presence: bool
    question: str
    needed: tuple[str, ...]
    urgency: Urgency
    urgency_reason: str
    minutes: int
    why: tuple[tuple[str, str], ...]
    referent: str
    referent_structure: str
    contract: str
    entered_on: date | None
    step: str
    step_months: int | None
    step_expected_months: int | None
    diagnosed_on: date | None
    counts: dict[str, int]
    spheres: tuple[Sphered, ...]
    radar: Radar
    radar_words: str
    freins: tuple[str, ...]
    inside: tuple[TriedRow, ...]
    outside: tuple[TriedRow, ...]
    no_inside_reason: str
    no_outside_reason: str
    origin: tuple[tuple[str, str], ...]
    path: tuple[StepRow, ...]


#: The fields of the table of visibility behind each part of the presentation, with what stands there instead
#: where the audience may not read one of them.
BEHIND: dict[str, tuple[tuple[str, ...], object]] = {
    "header": (("dossier.age_band", "dossier.insee", "dossier.household"), ""),
    "age_band": (("dossier.age_band",), ""),
    "commune": (("dossier.insee",), ""),
    "household": (("dossier.household",), ""),
    "wishes_presence": (("dossier.wishes_presence",), False),
    "question": (("dossier.question",), ""),
    "urgency_reason": (("dossier.urgency_reason",), ""),
    "why": (("criterion.fact",), ()),
    "contract": (("dossier.contract",), ""),
    "entered_on": (("dossier.entered_on",), None),
    "step": (("dossier.step",), ""),
    "step_months": (("dossier.step_started_on",), None),
    "diagnosed_on": (("dossier.diagnosed_on",), None),
    "counts": (("diagnosis.level",), {}),
    "spheres": (("diagnosis.level", "diagnosis.note"), ()),
    "radar": (("diagnosis.level",), ()),
    "radar_words": (("diagnosis.level",), ""),
    "freins": (("diagnosis.level",), ()),
    "inside": (("attempt.what", "attempt.with_whom", "attempt.result"), ()),
    "outside": (("attempt.what", "attempt.with_whom", "attempt.result"), ()),
    "no_inside_reason": (("dossier.no_inside_reason",), ""),
    "no_outside_reason": (("dossier.no_outside_reason",), ""),
    "origin": (("dossier.origin_who", "dossier.origin_how", "dossier.origin_why"), ()),
    "path": (("parcours.action", "parcours.structure_name", "parcours.result"), ()),
}


def presentation_of(dossier: Dossier, audience: Audience = Audience.COMMISSION) -> Presentation:
    """Everything that the shared view shows of a dossier, less what the table of visibility keeps from its
    audience: pseudonymous content only."""
    return presentations_of([dossier], audience)[dossier.id]


def presentations_of(
    dossiers: Collection[Dossier], audience: Audience = Audience.COMMISSION
) -> dict[uuid.UUID, Presentation]:
    """The same of several dossiers, by identifier."""
    hidden: dict[str, Any] = {
        name: instead for name, (fields, instead) in BEHIND.items() if not sees_all(audience, fields)
    }
    lines = lines_of([dossier.id for dossier in dossiers])
    shown = {dossier.id: _whole(dossier, lines[dossier.id]) for dossier in dossiers}
    return {one: replace(whole, **hidden) for one, whole in shown.items()} if hidden else shown


def _whole(dossier: Dossier, lines: Lines) -> Presentation:
    picture = picture_of(lines.diagnosis)
    return Presentation(
        dossier_id=dossier.id,
        code=dossier.code,
        state=dossier.state,
        header=header_of(dossier),
        age_band=dossier.age_band.label if dossier.age_band else "",
        commune=dossier.commune.name if dossier.commune else "",
        household=household_words(dossier.household, dossier.children_count),
        wishes_presence=dossier.wishes_presence,
        question=dossier.question,
        needed=needed_words(dossier),
        urgency=dossier.urgency,
        urgency_reason=dossier.urgency_reason,
        minutes=dossier.minutes_needed,
        why=_why(lines.criteria),
        referent=dossier.referent.full_name,
        referent_structure=dossier.structure.name if dossier.structure else dossier.referent.structure_name,
        contract=dossier.contract.label if dossier.contract else "",
        entered_on=dossier.entered_on,
        step=dossier.step,
        step_months=dossier.step_months,
        step_expected_months=dossier.step_expected_months,
        diagnosed_on=dossier.diagnosed_on,
        counts=picture.counts,
        spheres=picture.spheres,
        radar=picture.radar,
        radar_words=picture.radar_words,
        freins=picture.freins,
        inside=_tried(lines.attempts, AttemptScope.INSIDE),
        outside=_tried(lines.attempts, AttemptScope.OUTSIDE),
        no_inside_reason=dossier.no_inside_reason,
        no_outside_reason=dossier.no_outside_reason,
        origin=_origin(dossier),
        path=tuple(_step(step) for step in lines.parcours),
    )


def header_of(dossier: Dossier) -> str:
    """« 35–44 ans · Arles · élève seul ses enfants, 2 enfants »."""
    said = (
        dossier.age_band.label if dossier.age_band else "",
        dossier.commune.name if dossier.commune else "",
        household_words(dossier.household, dossier.children_count),
    )
    return " · ".join(part for part in said if part)


def needed_words(dossier: Dossier) -> tuple[str, ...]:
    """The competences to bring together, in words."""
    return tuple(Competence(value).label for value in dossier.needed)


def month_words(day: date) -> str:
    """« sept. 2025 »."""
    return _month_words(day.year, day.month)


@cache
def _month_words(year: int, month: int) -> str:
    return format_date(date(year, month, 1), "MMM y", locale="fr")


def household_words(household: Household | None, children: int) -> str:
    """« élève seul ses enfants, 2 enfants »."""
    if household is None:
        return ""
    return f"{household.label}, {french.plural(children, 'enfant')}" if children else household.label


def _why(criteria: Sequence[Why]) -> tuple[tuple[str, str], ...]:
    facts = {line.criterion: line.fact for line in criteria}
    return tuple((criterion.label, facts[criterion]) for criterion in Criterion if criterion in facts)


def _tried(attempts: Sequence[Tried], scope: AttemptScope) -> tuple[TriedRow, ...]:
    return tuple(
        (
            month_words(one.tried_on),
            f"{one.what}, avec {one.with_whom}" if one.with_whom else one.what,
            one.result,
            "ok" if one.helped else "stop",
        )
        for one in attempts
        if one.scope is scope
    )


def _origin(dossier: Dossier) -> tuple[tuple[str, str], ...]:
    said = (
        ("Orientation par", dossier.origin_who),
        ("Comment", dossier.origin_how),
        ("Pourquoi", dossier.origin_why),
    )
    return tuple((label, text) for label, text in said if text)


def _step(step: Step) -> StepRow:
    start = month_words(step.starts_on)
    end = month_words(step.ends_on) if step.ends_on else ""
    if step.outcome is StepOutcome.CURRENT:
        span = f"depuis {start}"
    else:
        span = f"{start} – {end}" if end and end != start else start
    detail = " · ".join(part for part in (step.structure_name, step.outcome.label, step.result) if part)
    return (span, step.action, detail, _MOMENT.get(step.outcome, "past"))
