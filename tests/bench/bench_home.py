"""The coordination's home: against a bare Flask page, and against itself with a hundred times the rows."""

from tests.bench.bench_actions import FEW, MANY, asking, bare, filled, signed_in
from tests.bench.harness import Reading, Run, bench, interleaved


@bench("page.home", goal=8, unit="ms")
def page_home(run: Run) -> Reading:
    """The home of a coordinator, server time."""
    return interleaved(asking(signed_in(filled(run.folder(), FEW)), "/"), asking(bare(), "/"), run.rounds)


@bench("growth.home", goal=1.2, unit="ms")
def growth_home(run: Run) -> Reading:
    """The home with 100,000 dossiers, each with an action, against 1,000."""
    many, few = (signed_in(filled(run.folder(), count)) for count in (MANY, FEW))
    return interleaved(asking(many, "/"), asking(few, "/"), run.rounds)
