"""Trying rows of the table: as the platform stands, and without a part of a guard."""

import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from functools import cache
from types import CodeType, FrameType
from typing import Any

from tests.security.conftest import Attempts, nothing_written
from tests.security.matrix import ACTORS, Row, all_rows
from tests.security.mutation.guards import Guard, all_guards
from tests.security.mutation.mutants import Mutant, applied
from tests.security.rights_table import Case, all_cases
from tests.security.world import World

Fresh = Callable[[], Attempts]


@dataclass(frozen=True)
class Trial:
    """One actor at one row of the table."""

    row: Row
    actor: str

    def __str__(self) -> str:
        return f"{self.row} as {self.actor}"

    @property
    def status(self) -> int:
        """What the table says that the actor gets."""
        return {**self.row.allows, **self.row.refused}[self.actor]

    @property
    def leaves_all_as_it_was(self) -> bool:
        """Whether the same world serves the next trial."""
        return self.row.reads or self.actor in self.row.refused


def all_trials() -> list[Trial]:
    """The whole table, actor by actor."""
    return [Trial(row, actor) for row in all_rows() for actor in ACTORS]


def arrange(fresh: Fresh, row: Row) -> Attempts:
    """A world in which the objects of a row stand."""
    attempts = fresh()
    if row.state:
        row.state(attempts.world)
    attempts.url(row)
    return attempts


def problem_of(attempts: Attempts, trial: Trial) -> str:
    """What is not as the table says, or nothing."""
    limits = nothing_written() if trial.actor in trial.row.refused else nullcontext()
    try:
        with limits:
            status = attempts.ask(trial.row, trial.actor).status_code
    except Exception as error:  # noqa: BLE001 (a guard without a part of itself may break anything)
        return f"{type(error).__name__}: {error}"
    return "" if status == trial.status else f"{status} where the table says {trial.status}"


def noticing_trial(fresh: Fresh, mutant: Mutant, trials: Iterable[Trial]) -> Trial | None:
    """The first of these trials that tells the mutant from its guard."""
    attempts, row = None, None
    for trial in trials:
        if attempts is None or trial.row is not row or not trial.leaves_all_as_it_was:
            attempts, row = arrange(fresh, trial.row), trial.row
        with applied(mutant):
            problem = problem_of(attempts, trial)
        if problem:
            return trial
        if not trial.leaves_all_as_it_was:
            attempts = None
    return None


def noticing_case(world: World, mutant: Mutant, cases: Iterable[Case]) -> Case | None:
    """The same among the questions of the table of rights."""
    with applied(mutant):
        return next((case for case in cases if case.problem(world)), None)


def rows_that_ask(fresh: Fresh) -> dict[Guard, list[Trial]]:
    """The trials in which each guard is asked, from one run of the whole table of addresses."""
    found: dict[Guard, list[Trial]] = defaultdict(list)
    attempts, row = None, None
    for trial in all_trials():
        if attempts is None or trial.row is not row:
            attempts, row = arrange(fresh, trial.row), trial.row
        with called() as guards:
            problem = problem_of(attempts, trial)
        assert not problem, f"{trial}: {problem}"
        for guard in guards:
            found[guard].append(trial)
        if not trial.leaves_all_as_it_was:
            attempts = None
    return found


def cases_that_ask(world: World) -> dict[Guard, list[Case]]:
    """The same from one run of the table of rights."""
    found: dict[Guard, list[Case]] = defaultdict(list)
    for case in all_cases():
        with called() as guards:
            problem = case.problem(world)
        assert not problem, problem
        for guard in guards:
            found[guard].append(case)
    return found


@contextmanager
def called() -> Iterator[set[Guard]]:
    """Which guards are called in the block."""
    codes, seen = guards_by_code(), set[Guard]()

    def note(frame: FrameType, event: str, _value: Any) -> None:
        if event == "call" and frame.f_code in codes:
            seen.add(codes[frame.f_code])

    sys.setprofile(note)
    try:
        yield seen
    finally:
        sys.setprofile(None)


@cache
def guards_by_code() -> dict[CodeType, Guard]:
    """The guards as a running program knows them."""
    return {guard.function.__code__: guard for guard in all_guards()}
