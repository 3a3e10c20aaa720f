"""What a situation of the demonstration says in each part of the common template."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from commission_app.binomes.states import Competence
from commission_app.dossiers.states import (
    AgeBand,
    AttemptScope,
    Contract,
    Criterion,
    DiagnosisItem,
    Household,
    Level,
    StepOutcome,
    Urgency,
)

INSIDE, OUTSIDE = AttemptScope.INSIDE, AttemptScope.OUTSIDE
DONE, NOT_DONE = StepOutcome.DONE, StepOutcome.NOT_DONE
CURRENT, TO_COME = StepOutcome.CURRENT, StepOutcome.TO_COME

#: Months before the submission (negative: after it), then what the template asks.
Step = tuple[int, int | None, str, str, StepOutcome, str]
Try = tuple[AttemptScope, int, str, str, str, bool]
Notes = Mapping[DiagnosisItem, str]


@dataclass(frozen=True)
class Story:
    """One situation. Nothing in it says who the person is or where exactly she lives."""

    key: str
    question: str
    age: AgeBand
    household: Household
    children: int
    contract: Contract
    step: str
    months: int
    expected: int
    needed: tuple[Competence, ...]
    criteria: Mapping[Criterion, str]
    freins: Notes
    strengths: Notes
    lifted: Notes = field(default_factory=dict)
    neutral: tuple[DiagnosisItem, ...] = ()
    origin: tuple[str, str, str] = ("", "", "")
    steps: tuple[Step, ...] = ()
    tried: tuple[Try, ...] = ()
    urgency: Urgency = Urgency.NORMAL
    urgency_reason: str = ""
    minutes: int = 30
    insee: str = ""
    previous: str = ""
    wishes_presence: bool = False

    @property
    def levels(self) -> dict[DiagnosisItem, tuple[Level, str]]:
        """Each item discussed, with where the person stands and the note."""
        found = dict.fromkeys(self.neutral, (Level.NEUTRAL, ""))
        found |= {item: (Level.FREIN, note) for item, note in self.freins.items()}
        found |= {item: (Level.STRENGTH, note) for item, note in self.strengths.items()}
        return found | {item: (Level.LIFTED, note) for item, note in self.lifted.items()}
