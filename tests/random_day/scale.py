"""How long the random days of this run are, and how many: the one place that reads it."""

import os
from dataclasses import dataclass

STEPS, SEEDS, FIRST = "RANDOM_DAY_STEPS", "RANDOM_DAY_SEEDS", "RANDOM_DAY_FIRST"


@dataclass(frozen=True)
class Scale:
    """So many steps a day, and the seeds of the days."""

    steps: int
    seeds: range

    def clients(self, seed: int) -> int:
        """How many pages are open on the day of a seed: 5 to 60 over a long run, few in a short one."""
        return 5 + seed * 37 % 56 if self.steps > 500 else 5 + seed % 3


def scale() -> Scale:
    """The short run of the suite, unless the environment asks for another."""
    first = int(os.environ.get(FIRST, "1"))
    count = int(os.environ.get(SEEDS, "2"))
    return Scale(int(os.environ.get(STEPS, "48")), range(first, first + count))
