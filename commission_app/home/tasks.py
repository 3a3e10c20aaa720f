"""What waits for a person now: one line a kind, with how many and since when."""

from dataclasses import dataclass

from commission_app.home.counts import Count


@dataclass(frozen=True)
class Task:
    """A line of « À faire maintenant »: how many, what, since when or until when, and where to go."""

    count: Count
    title: str
    detail: str
    endpoint: str
    values: tuple[tuple[str, str], ...] = ()
    tone: str = ""

    @property
    def arguments(self) -> dict[str, str]:
        """What the address takes besides the endpoint."""
        return dict(self.values)


def total(tasks: list[Task]) -> str:
    """« 11 choses à voir »."""
    count = sum(task.count.value for task in tasks)
    words = Count(count).words
    return f"{words} {'chose' if count < 2 else 'choses'} à voir"
