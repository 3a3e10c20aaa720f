"""A word of its own in every text of one dossier, and who may read it: the table of fields, by hand.

It says of the actors of the table what `commission_app.dossiers.visibility` says of audiences, and is never
computed from it. Every answer of every row is held against it, papers and exports opened.
"""

from datetime import date
from typing import Any

from commission_app.dossiers.models import (
    Attempt,
    BlockCriterion,
    DiagnosisLine,
    Exchange,
    ParcoursStep,
    Remark,
)
from commission_app.dossiers.states import (
    AttemptScope,
    Criterion,
    DiagnosisItem,
    Level,
    Part,
    StepOutcome,
)

#: What the commission reads, and the next référent on the fiche relais.
SHARED = (
    "dossier.step", "dossier.origin_who", "dossier.origin_how", "dossier.origin_why",
    "dossier.no_inside_reason", "dossier.no_outside_reason", "dossier.urgency_reason", "criterion.fact",
    "diagnosis.note", "parcours.action", "parcours.structure_name", "parcours.result", "attempt.what",
    "attempt.with_whom", "attempt.result",
)  # fmt: skip
#: What passes from one référent to the next.
RELAY = ("dossier.previous_referent", "fiche.text")
#: What the référent and the coordination say to each other, and what the person asked for.
WORK = (
    "remark.text", "remark.answer", "exchange.participants", "exchange.tried", "exchange.outcome",
    "correction.text", "correction.answer",
)  # fmt: skip
KINDS = {"champs partagés": SHARED, "champs du relais": RELAY, "champs de travail": WORK}
READERS = {
    "champs partagés": {"referent", "coordinator", "participant", "facilitator", "referent_other"},
    "champs du relais": {"referent", "coordinator", "referent_other"},
    "champs de travail": {"referent", "coordinator"},
}
FIELDS = (*SHARED, *RELAY, *WORK)


def word_of(field: str) -> str:
    """The word that stands in a field and nowhere else."""
    return f"Kzoqx{FIELDS.index(field):02}w"


def words() -> dict[str, set[str]]:
    """The words of each kind."""
    return {kind: {word_of(field) for field in fields} for kind, fields in KINDS.items()}


def fill(dossier: Any, author_id: Any, hostile: str) -> None:
    """Write its word into each text of a dossier; what follows it would be an inline handler if unescaped."""

    def written(kind: str, *names: str) -> dict[str, str]:
        return {name: word_of(f"{kind}.{name}") + hostile for name in names}

    for name in [field.split(".")[1] for field in FIELDS if field.startswith("dossier.")]:
        setattr(dossier, name, written("dossier", name)[name])
    day, texts = date(2026, 1, 5), written
    dossier.criteria.append(BlockCriterion(criterion=Criterion.EXHAUSTED, **texts("criterion", "fact")))
    line = {"item": DiagnosisItem.SKILLS, "level": Level.FREIN}
    dossier.diagnosis.append(DiagnosisLine(**line, **texts("diagnosis", "note")))
    step = texts("parcours", "action", "structure_name", "result")
    dossier.parcours.append(ParcoursStep(starts_on=day, outcome=StepOutcome.DONE, **step))
    tried = texts("attempt", "what", "with_whom", "result")
    dossier.attempts.append(Attempt(scope=AttemptScope.INSIDE, tried_on=day, **tried))
    talk = texts("exchange", "participants", "tried", "outcome")
    dossier.exchanges.append(Exchange(held_on=day, author_id=author_id, **talk))
    dossier.remarks.append(Remark(part=Part.FRAME, author_id=author_id, **texts("remark", "text", "answer")))
