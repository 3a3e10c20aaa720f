"""How a figure is taken: rounds in which floor and thing alternate, medians, one JSON object a line."""

import json
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import NamedTuple, TypeVar, cast

from tests.processes import ServerProcess

T = TypeVar("T")
WARMING = 3
QUICK_ROUNDS = 10
ROUNDS = 60
QUICK_MANY = 5_000
MANY = 100_000


class Reading(NamedTuple):
    """What was measured, and what the machine itself takes for the same work in the same run, where known."""

    value: float
    floor: float | None = None


@dataclass
class Run:
    """One call of `dev.py bench`: what several benches share, and what ends with it."""

    quick: bool = False
    closing: ExitStack = field(default_factory=ExitStack)
    shared: dict[str, object] = field(default_factory=dict)

    @property
    def rounds(self) -> int:
        """How often a thing is measured."""
        return QUICK_ROUNDS if self.quick else ROUNDS

    @property
    def many(self) -> int:
        """How many rows stand behind a figure of growth."""
        return QUICK_MANY if self.quick else MANY

    def folder(self) -> Path:
        """A folder of its own, removed at the end."""
        made = TemporaryDirectory(prefix="bench-", ignore_cleanup_errors=True)
        return Path(self.closing.enter_context(made))

    def once(self, name: str, make: Callable[[], T]) -> T:
        """What several benches share under a name; made for the first of them."""
        if name not in self.shared:
            self.shared[name] = make()
        return cast(T, self.shared[name])

    def alone(self, measure: "Callable[[Run], T]") -> T:
        """Measure something whose processes must not outlive it: they would weigh on what comes next."""
        part = Run(quick=self.quick)
        with part.closing:
            return measure(part)

    def demo_server(self) -> ServerProcess:
        """The demo, served as a user runs it."""
        return self.once("demo", self._start_demo)

    def _start_demo(self) -> ServerProcess:
        server = ServerProcess(self.folder() / "data").start()
        self.closing.callback(server.kill)
        return server


Measure = Callable[[Run], Reading]


@dataclass(frozen=True)
class Bench:
    """A named figure with its goal: for the ratio to the floor where there is one, unless it is said to be
    for the value."""

    name: str
    goal: float
    unit: str
    measure: Measure
    judged: str = "ratio"
    group: str = ""
    is_long: bool = False

    def is_asked_for(self, names: Sequence[str], *, quick: bool = False) -> bool:
        """By its name, by the beginning of its name or by its group; without any name, all that have no
        group, and no long ones when it must be quick."""
        if not names:
            return not self.group and not (quick and self.is_long)
        return self.group in names or self.name.startswith(tuple(names))

    def report(self, run: Run) -> dict[str, object]:
        """Measure and judge."""
        value, floor = self.measure(run)
        ratio = value / floor if floor else None
        judged = value if ratio is None or self.judged == "value" else ratio
        return {
            "bench": self.name,
            "value": round(value, 3),
            "unit": self.unit,
            "floor": floor and round(floor, 3),
            "ratio": ratio and round(ratio, 2),
            "goal": self.goal,
            "ok": judged <= self.goal,
        }


BENCHES: dict[str, Bench] = {}


def bench(
    name: str, *, goal: float, unit: str, judged: str = "ratio", group: str = "", is_long: bool = False
) -> Callable[[Measure], Measure]:
    """Register a figure under its name; one of a group is measured when it or its group is asked for."""

    def register(measure: Measure) -> Measure:
        BENCHES[name] = Bench(name, goal, unit, measure, judged, group, is_long)
        return measure

    return register


def interleaved(act: Callable[[], object], floor: Callable[[], object], rounds: int) -> Reading:
    """Time both in turn, after some unmeasured turns of each; medians in milliseconds."""
    for _ in range(WARMING):
        act(), floor()
    taken = [(milliseconds(act), milliseconds(floor)) for _ in range(rounds)]
    return Reading(median(first for first, _ in taken), median(second for _, second in taken))


def milliseconds(act: Callable[[], object]) -> float:
    """How long an act takes."""
    began = time.perf_counter()
    act()
    return (time.perf_counter() - began) * 1000


def print_report(one: Bench, run: Run) -> bool:
    """Print one line for one figure; whether its goal is met."""
    line = one.report(run)
    print(json.dumps(line, ensure_ascii=False), flush=True)
    return bool(line["ok"])
