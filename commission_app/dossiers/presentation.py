"""The shared presentation: what the commission reads of a dossier. Pseudonymous by construction: it is made
from the fields that the table of visibility gives to the commission, and from nothing else."""

import uuid
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from babel.dates import format_date

from commission_app.binomes.states import Competence
from commission_app.core import french
from commission_app.dossiers.models import Attempt, Dossier, ParcoursStep
from commission_app.dossiers.states import (
    AttemptScope,
    Criterion,
    DiagnosisItem,
    DossierState,
    Household,
    Level,
    Sphere,
    StepOutcome,
    Urgency,
    sphere_of,
)
from commission_app.dossiers.visibility import Audience, sees_all

POSITIONS = {
    Level.FREIN: "frein",
    Level.NEUTRAL: "neutre",
    Level.STRENGTH: "atout",
    Level.LIFTED: "frein_leve",
    Level.NOT_DISCUSSED: "non_aborde",
}
#: The six axes of the radar, clockwise from the top.
RADAR = (
    ("Logement", DiagnosisItem.HOUSING),
    ("Garde", DiagnosisItem.CHILD_CARE),
    ("Mobilité", DiagnosisItem.MOBILITY),
    ("Expérience", DiagnosisItem.EXPERIENCE),
    ("Démarches", DiagnosisItem.ADMINISTRATIVE),
    ("Projection", DiagnosisItem.ASPIRATIONS),
)
_HEIGHT: dict[Level, float | None] = {
    Level.FREIN: 0.0,
    Level.NEUTRAL: 0.5,
    Level.NOT_DISCUSSED: None,
    Level.LIFTED: 0.75,
    Level.STRENGTH: 1.0,
}
_MOMENT = {StepOutcome.CURRENT: "now", StepOutcome.TO_COME: "next"}

Sphered = tuple[str, list[tuple[str, str, str]], bool]
Tried = tuple[str, str, str, str]
Step = tuple[str, str, str, str]
Radar = tuple[tuple[str, float | None], ...]


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
    inside: tuple[Tried, ...]
    outside: tuple[Tried, ...]
    no_inside_reason: str
    no_outside_reason: str
    origin: tuple[tuple[str, str], ...]
    path: tuple[Step, ...]


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
    hidden = {name: instead for name, (fields, instead) in BEHIND.items() if not sees_all(audience, fields)}
    shown = _whole(dossier)
    return replace(shown, **hidden) if hidden else shown  # type: ignore[arg-type]


def _whole(dossier: Dossier) -> Presentation:
    levels = {line.item: line.level for line in dossier.diagnosis}
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
        why=_why(dossier),
        referent=dossier.referent.full_name,
        referent_structure=dossier.structure.name if dossier.structure else dossier.referent.structure_name,
        contract=dossier.contract.label if dossier.contract else "",
        entered_on=dossier.entered_on,
        step=dossier.step,
        step_months=dossier.step_months,
        step_expected_months=dossier.step_expected_months,
        diagnosed_on=dossier.diagnosed_on,
        counts=Counter(POSITIONS[levels.get(item, Level.NOT_DISCUSSED)] for item in DiagnosisItem),
        spheres=spheres_of(dossier),
        radar=radar_of({item.value: (level.value, "") for item, level in levels.items()}),
        radar_words=_radar_words(levels),
        freins=tuple(item.value for item in DiagnosisItem if levels.get(item) is Level.FREIN),
        inside=_tried(dossier.attempts, AttemptScope.INSIDE),
        outside=_tried(dossier.attempts, AttemptScope.OUTSIDE),
        no_inside_reason=dossier.no_inside_reason,
        no_outside_reason=dossier.no_outside_reason,
        origin=_origin(dossier),
        path=tuple(_step(step) for step in dossier.parcours),
    )


def radar_of(levels: Mapping[str, Sequence[str]]) -> Radar:
    """The six axes of the radar for (level, note) values by item; a subject not discussed has no height."""
    nothing = (Level.NOT_DISCUSSED.value, "")
    return tuple((label, _HEIGHT[Level(levels.get(item.value, nothing)[0])]) for label, item in RADAR)


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
    return format_date(day, "MMM y", locale="fr")


def household_words(household: Household | None, children: int) -> str:
    """« élève seul ses enfants, 2 enfants »."""
    if household is None:
        return ""
    return f"{household.label}, {french.plural(children, 'enfant')}" if children else household.label


def spheres_of(dossier: Dossier) -> tuple[Sphered, ...]:
    """The grid of the diagnosis: the three spheres with each item's position and note."""
    lines = {line.item: line for line in dossier.diagnosis}

    def row(item: DiagnosisItem) -> tuple[str, str, str]:
        line = lines.get(item)
        return (item.label, POSITIONS[line.level if line else Level.NOT_DISCUSSED], line.note if line else "")

    return tuple(
        (
            sphere.label,
            [row(item) for item in DiagnosisItem if sphere_of(item) is sphere],
            sphere is Sphere.PERSONAL,
        )
        for sphere in Sphere
    )


def _why(dossier: Dossier) -> tuple[tuple[str, str], ...]:
    facts = {line.criterion: line.fact for line in dossier.criteria}
    return tuple((criterion.label, facts[criterion]) for criterion in Criterion if criterion in facts)


def _radar_words(levels: dict[DiagnosisItem, Level]) -> str:
    said = [f"{label} : {levels.get(item, Level.NOT_DISCUSSED).label.lower()}" for label, item in RADAR]
    return "Vue d’ensemble par domaine, du frein au centre au point d’appui au bord. " + ", ".join(said)


def _tried(attempts: Sequence[Attempt], scope: AttemptScope) -> tuple[Tried, ...]:
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


def _step(step: ParcoursStep) -> Step:
    start = month_words(step.starts_on)
    end = month_words(step.ends_on) if step.ends_on else ""
    if step.outcome is StepOutcome.CURRENT:
        span = f"depuis {start}"
    else:
        span = f"{start} – {end}" if end and end != start else start
    detail = " · ".join(part for part in (step.structure_name, step.outcome.label, step.result) if part)
    return (span, step.action, detail, _MOMENT.get(step.outcome, "past"))
