"""Random days as long as one likes: `python -m tests.random_day --steps 1800 --seeds 20`."""

import argparse
import os
import sys

import pytest

from tests.random_day import scale


def main() -> int:
    """Run the test with other figures; a day that fails names its seed, which `--first` plays again."""
    parser = argparse.ArgumentParser(prog="python -m tests.random_day")
    parser.add_argument("--steps", type=int, default=1800)
    parser.add_argument("--seeds", type=int, default=20)
    parser.add_argument("--first", type=int, default=1, help="the first seed")
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    asked = parser.parse_args()
    os.environ |= {
        scale.STEPS: str(asked.steps),
        scale.SEEDS: str(asked.seeds),
        scale.FIRST: str(asked.first),
    }
    options = ["-v", "-p", "no:cacheprovider", f"--database={asked.database}"]
    return int(pytest.main([*options, "tests/random_day/test_random_day.py"]))


if __name__ == "__main__":
    sys.exit(main())
