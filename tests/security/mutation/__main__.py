"""`python -m tests.security.mutation [part of a name] [--database=postgresql]`: takes away each part of each
guard, and fails when no row of the table notices. What was found is kept in `noticed.txt`."""

import os
import sys
from pathlib import Path

import pytest

SURVEY = Path(__file__).parent / "survey.py"


def main(arguments: list[str]) -> int:
    """Search; the status of the search."""
    options = [one for one in arguments if one.startswith("--")]
    os.environ["MUTANTS"] = " ".join(one for one in arguments if not one.startswith("--"))
    return int(pytest.main(["-q", "-p", "no:cacheprovider", *options, str(SURVEY)]))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
