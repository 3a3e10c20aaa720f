"""What stands in a dossier, part by part, in words: what a version keeps and what an export says."""

from collections.abc import Callable
from typing import Any

from commission_app.core import french
from commission_app.dossiers.models import Dossier
from commission_app.dossiers.presentation import household_words, needed_words
from commission_app.dossiers.states import AttemptScope, Criterion, DiagnosisItem, Level, Part

Lines = list[tuple[str, str]]


def content_of(dossier: Dossier) -> dict[str, Any]:
    """The seven parts as (label, text) pairs and the levels of the diagnosis; the identity is not in it."""
    return {
        "parts": {part.value: lines_of(dossier, part) for part in Part},
        "levels": {line.item.value: [line.level.value, line.note] for line in dossier.diagnosis},
    }


def lines_of(dossier: Dossier, part: Part) -> Lines:
    """One part; what is not written is left out."""
    return [(label, text) for label, text in _PARTS[part](dossier) if text]


def _frame(dossier: Dossier) -> Lines:
    months = dossier.step_expected_months
    return [
        ("Référent d’étape", dossier.referent.full_name),
        ("Structure", dossier.structure.name if dossier.structure else ""),
        ("Précédent référent d’étape", dossier.previous_referent),
        ("Contrat", dossier.contract.label if dossier.contract else ""),
        ("Entrée dans le dispositif", _day(dossier.entered_on)),
        ("Étape en cours", dossier.step),
        ("Début de l’étape", _day(dossier.step_started_on)),
        ("Durée attendue", f"{months} mois" if months else ""),
    ]


def _person(dossier: Dossier) -> Lines:
    return [
        ("Tranche d’âge", dossier.age_band.label if dossier.age_band else ""),
        ("Commune", dossier.commune.name if dossier.commune else ""),
        ("Foyer", household_words(dossier.household, dossier.children_count)),
        ("Souhaite être présente", "oui" if dossier.wishes_presence else "non"),
    ]


def _block(dossier: Dossier) -> Lines:
    facts = {line.criterion: line.fact for line in dossier.criteria}
    return [(criterion.label, facts[criterion]) for criterion in Criterion if criterion in facts]


def _diagnosis(dossier: Dossier) -> Lines:
    lines = {line.item: line for line in dossier.diagnosis}
    said = [
        (item.label, level_words(lines[item].level, lines[item].note))
        for item in DiagnosisItem
        if item in lines
    ]
    return [("Fait avec la personne", _day(dossier.diagnosed_on)), *said]


def _parcours(dossier: Dossier) -> Lines:
    origin = [
        ("Orientation par", dossier.origin_who),
        ("Comment", dossier.origin_how),
        ("Pourquoi", dossier.origin_why),
    ]
    return origin + [
        (
            f"Étape du {french.numeric_date(step.starts_on)}",
            _joined(step.action, step.structure_name, step.outcome.label, _until(step.ends_on), step.result),
        )
        for step in dossier.parcours
    ]


def _attempts(dossier: Dossier) -> Lines:
    tried = [
        (
            f"{one.scope.label}, {french.numeric_date(one.tried_on)}",
            _joined(one.what, one.with_whom, one.result, "cela a aidé" if one.helped else ""),
        )
        for scope in AttemptScope
        for one in dossier.attempts
        if one.scope is scope
    ]
    return [
        *tried,
        ("Rien dans la structure", dossier.no_inside_reason),
        ("Rien à l’extérieur", dossier.no_outside_reason),
    ]


def _question(dossier: Dossier) -> Lines:
    return [
        ("Question", dossier.question),
        ("Compétences à réunir", ", ".join(needed_words(dossier))),
        ("Urgence", dossier.urgency.label),
        ("Ce qui presse", dossier.urgency_reason),
        ("Temps demandé", french.duration(dossier.minutes_needed)),
    ]


def level_words(level: Level, note: str) -> str:
    """« Frein : trois demandes sans réponse »."""
    return f"{level.label} : {note}" if note else level.label


def _joined(*texts: str) -> str:
    return " · ".join(text for text in texts if text)


def _until(day: Any) -> str:
    return f"jusqu’au {french.numeric_date(day)}" if day else ""


def _day(day: Any) -> str:
    return french.long_date(day) if day else ""


_PARTS: dict[Part, Callable[[Dossier], Lines]] = {
    Part.FRAME: _frame,
    Part.PERSON: _person,
    Part.BLOCK: _block,
    Part.DIAGNOSIS: _diagnosis,
    Part.PARCOURS: _parcours,
    Part.ATTEMPTS: _attempts,
    Part.QUESTION: _question,
}
