"""What is still missing in a dossier, part by part, before the coordination can receive it."""

from collections.abc import Callable
from dataclasses import dataclass

from commission_app.dossiers.models import Dossier
from commission_app.dossiers.states import (
    AttemptScope,
    Criterion,
    DiagnosisItem,
    Level,
    Part,
    PartState,
    Sphere,
    sphere_of,
)


@dataclass(frozen=True)
class PersonFacts:
    """What is known about the person without reading who it is."""

    is_named: bool = False
    is_informed: bool = False
    has_agreed: bool = False


class Missing(str):
    """A sentence that says what is missing, and the field in which to write it."""

    field: str

    def __new__(cls, sentence: str, field: str) -> "Missing":
        """The sentence, with its field beside."""
        made = super().__new__(cls, sentence)
        made.field = field
        return made


@dataclass(frozen=True)
class PartCheck:
    """A part of the template: how far it is, and in sentences what is missing."""

    part: Part
    state: PartState
    missing: tuple[Missing, ...] = ()

    @property
    def is_done(self) -> bool:
        """Whether nothing is missing here."""
        return not self.missing


Rule = Callable[[Dossier, PersonFacts], list[Missing]]


def check_parts(dossier: Dossier, facts: PersonFacts) -> list[PartCheck]:
    """The seven parts in order, each with what is missing; an unanswered precision asks to correct."""
    asked = {remark.part for remark in dossier.remarks if remark.answered_at is None}
    return [_check(dossier, facts, part, part in asked) for part in Part]


def _check(dossier: Dossier, facts: PersonFacts, part: Part, is_asked: bool) -> PartCheck:
    missing = tuple(_RULES[part](dossier, facts))
    if is_asked:
        state = PartState.TO_CORRECT
    elif not missing:
        state = PartState.DONE
    else:
        state = PartState.UNDER_WAY if dossier.part_version(part) else PartState.TO_START
    return PartCheck(part, state, missing)


def _absent(*wanted: tuple[object, str, str]) -> list[Missing]:
    return [Missing(sentence, field) for present, sentence, field in wanted if not present]


def _frame(dossier: Dossier, _facts: PersonFacts) -> list[Missing]:
    return _absent(
        (dossier.contract, "Choisissez le contrat", "contract"),
        (dossier.step, "Nommez l’étape en cours", "step"),
        (dossier.step_started_on, "Indiquez le début de l’étape", "step_started_on"),
    )


def _person(dossier: Dossier, facts: PersonFacts) -> list[Missing]:
    return _absent(
        (facts.is_named, "Écrivez le nom et le prénom de la personne", "last_name"),
        (dossier.age_band, "Choisissez la tranche d’âge", "age_band"),
        (dossier.household, "Choisissez la situation du foyer", "household"),
        (facts.is_informed, "Indiquez quand la personne a été informée", "info_given_on"),
        (
            facts.has_agreed,
            "Recueillez l’accord de partage : sans lui, le dossier reste un brouillon",
            "agreed_on",
        ),
    )


def _block(dossier: Dossier, _facts: PersonFacts) -> list[Missing]:
    if not dossier.criteria:
        return [Missing("Écrivez au moins une raison du blocage", f"fact_{next(iter(Criterion)).value}")]
    bare = [line.criterion for line in dossier.criteria if not line.fact]
    return [Missing(f"Écrivez le fait qui montre « {one.label} »", f"fact_{one.value}") for one in bare]


def _diagnosis(dossier: Dossier, _facts: PersonFacts) -> list[Missing]:
    seen = {sphere_of(line.item) for line in dossier.diagnosis if line.level is not Level.NOT_DISCUSSED}
    return [_unseen(sphere) for sphere in Sphere if sphere not in seen]


def _unseen(sphere: Sphere) -> Missing:
    name = "projection" if sphere is Sphere.PROJECTION else sphere.label.lower()
    first = next(item for item in DiagnosisItem if sphere_of(item) is sphere)
    return Missing(f"Situez au moins un point de la {name}", f"level_{first.value}")


def _parcours(dossier: Dossier, _facts: PersonFacts) -> list[Missing]:
    return _absent((dossier.parcours, "Ajoutez au moins une étape du parcours", "steps-0-action"))


def _attempts(dossier: Dossier, _facts: PersonFacts) -> list[Missing]:
    scopes = {attempt.scope for attempt in dossier.attempts}
    inside = AttemptScope.INSIDE in scopes or dossier.no_inside_reason
    outside = AttemptScope.OUTSIDE in scopes or dossier.no_outside_reason
    return _absent(
        (
            inside,
            "Il manque un essai dans la structure, ou la raison pour laquelle il n’y en a pas",
            "attempts-0-what",
        ),
        (
            outside,
            "Il manque un essai hors de la structure, ou la raison pour laquelle il n’y en a pas",
            "attempts-0-what",
        ),
    )


def _question(dossier: Dossier, _facts: PersonFacts) -> list[Missing]:
    return _absent((dossier.question, "Écrivez la question à la commission", "question"))


_RULES: dict[Part, Rule] = {
    Part.FRAME: _frame,
    Part.PERSON: _person,
    Part.BLOCK: _block,
    Part.DIAGNOSIS: _diagnosis,
    Part.PARCOURS: _parcours,
    Part.ATTEMPTS: _attempts,
    Part.QUESTION: _question,
}
