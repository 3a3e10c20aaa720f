"""States as tables: which act leads from where to where. Tables say *when*, policies say *who*."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Generic, Self, TypeVar

from commission_app.core.errors import WrongStateError
from commission_app.core.typography import spaced

TONES = ("neutral", "go", "ok", "warn", "stop")


class Labelled(StrEnum):
    """An enumeration whose members carry a French label and, for states, a tone and an icon.

    Declare a member as `NAME = "value", "Libellé"` or `NAME = "value", "Libellé", "tone", "icon"`.
    """

    label: str
    tone: str
    icon: str

    def __new__(cls, value: str, label: str = "", tone: str = "neutral", icon: str = "circle") -> Self:
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = spaced(label or value)
        member.tone = tone
        member.icon = icon
        return member

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        """(value, label) pairs in order of declaration, for a form field."""
        return [(member.value, member.label) for member in cls]


S = TypeVar("S", bound=Labelled)


@dataclass(frozen=True)
class Transitions(Generic[S]):
    """The acts that change a state: `{"submit": ({DRAFT}, SUBMITTED)}`.

    `refusals` may give a sentence for an act refused in a state; otherwise one is made from the labels.
    """

    table: Mapping[str, tuple[frozenset[S] | set[S], S]]
    refusals: Mapping[str, str] = field(default_factory=dict)

    def allows(self, state: S, act: str) -> bool:
        """Whether the act is possible in this state."""
        return state in self.table[act][0]

    def after(self, state: S, act: str) -> S:
        """The state that the act leads to; raises WrongStateError when it is not possible now."""
        sources, target = self.table[act]
        if state not in sources:
            raise WrongStateError(
                self.refusals.get(act) or f"Cet acte n’est pas possible dans l’état « {state.label} »."
            )
        return target

    def acts(self, state: S) -> list[str]:
        """The acts possible in this state, in order of the table."""
        return [act for act, (sources, _) in self.table.items() if state in sources]


def expect(state: S, allowed: Iterable[S], message: str = "") -> None:
    """Refuse unless the state is one of those allowed; raises WrongStateError."""
    if state not in set(allowed):
        raise WrongStateError(message or f"Cet acte n’est pas possible dans l’état « {state.label} ».")
