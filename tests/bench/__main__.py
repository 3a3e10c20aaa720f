"""`python -m tests.bench [--quick] [name…]`: one JSON object a line; ends in 1 when a goal is missed."""

import argparse
import sys
from importlib import import_module
from pathlib import Path

from tests.bench.harness import BENCHES, Run, print_report

QUICK = (
    "fewer rounds, 5,000 rows for 100,000, a shorter day; under a minute without names: start.*, which"
    " installs a clone, the pages that are not opened every day and writers.sqlite are then left out"
)


def load_benches() -> None:
    """Every module of this folder named bench_… registers its figures."""
    for path in sorted(Path(__file__).parent.glob("bench_*.py")):
        import_module(f"tests.bench.{path.stem}")


def main() -> int:
    """Measure what was asked for; a name may be the beginning of several (`page`) or a group (`live`)."""
    load_benches()
    parser = argparse.ArgumentParser(prog="dev.py bench", epilog=epilog())
    parser.add_argument("--quick", action="store_true", help=QUICK)
    parser.add_argument("names", nargs="*", metavar="name")
    options = parser.parse_args()
    benches = list(BENCHES.values())
    unknown = [name for name in options.names if not any(one.is_asked_for([name]) for one in benches)]
    if unknown:
        parser.error(f"no such bench: {', '.join(unknown)}; {epilog()}")
    run = Run(quick=options.quick)
    with run.closing:
        chosen = [one for one in benches if one.is_asked_for(options.names, quick=options.quick)]
        met = [print_report(one, run) for one in chosen]
    return int(not all(met))


def epilog() -> str:
    """The names, group by group."""
    groups = {one.group for one in BENCHES.values() if one.group}
    alone = " ".join(one.name for one in BENCHES.values() if not one.group)
    said = (
        f"{group}: {' '.join(key for key, one in BENCHES.items() if one.group == group)}" for group in groups
    )
    return f"names: {alone}. Groups, measured when named, since they take minutes: {'; '.join(said)}."


if __name__ == "__main__":
    sys.exit(main())
