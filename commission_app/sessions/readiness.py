"""How far the preparation of a day is, in five facts that every page tells alike."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Check:
    """One fact of the preparation: whether it is done, its name, and the words."""

    done: bool
    name: str
    detail: str


@dataclass(frozen=True)
class Readiness:
    """Always five checks, in the same order: convened, answers, facilitators, agenda, competences."""

    convened: Check
    answers: Check
    facilitators: Check
    agenda: Check
    competences: Check

    @property
    def checks(self) -> tuple[Check, ...]:
        """The five, in order."""
        return (self.convened, self.answers, self.facilitators, self.agenda, self.competences)

    @property
    def flags(self) -> list[bool]:
        """The five segments of the ring."""
        return [check.done for check in self.checks]

    @property
    def lines(self) -> list[tuple[bool, str, str]]:
        """The five as the component `checks` takes them."""
        return [(check.done, check.name, check.detail) for check in self.checks]

    @property
    def is_complete(self) -> bool:
        """Whether nothing is missing."""
        return all(self.flags)
