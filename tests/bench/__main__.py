"""`python -m tests.bench [--quick] [name…]`: one JSON object a line; ends in 1 when a goal is missed."""

import argparse
import sys
from importlib import import_module
from pathlib import Path

from tests.bench.harness import BENCHES, Run, print_report


def load_benches() -> None:
    """Every module of this folder named bench_… registers its figures."""
    for path in sorted(Path(__file__).parent.glob("bench_*.py")):
        import_module(f"tests.bench.{path.stem}")


def main() -> int:
    """Measure what was asked for; a name may be the beginning of several (`page`)."""
    load_benches()
    parser = argparse.ArgumentParser(prog="dev.py bench", epilog=" ".join(BENCHES))
    parser.add_argument("--quick", action="store_true", help="fewer rounds, under a minute for all")
    parser.add_argument("names", nargs="*", metavar="name")
    options = parser.parse_args()
    unknown = [name for name in options.names if not any(key.startswith(name) for key in BENCHES)]
    if unknown:
        parser.error(f"no such bench: {', '.join(unknown)}; there are {', '.join(BENCHES)}")
    run = Run(quick=options.quick)
    with run.closing:
        chosen = [BENCHES[key] for key in BENCHES if key.startswith(tuple(options.names) or "")]
        met = [print_report(one, run) for one in chosen]
    return int(not all(met))


if __name__ == "__main__":
    sys.exit(main())
