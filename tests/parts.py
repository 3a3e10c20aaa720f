"""The whole suite in parts: browser journeys, and the rest on each database. Three at a time on two cores,
since each waits now and then for a browser, a server or a disk.

The rights and the pages of everybody (`WIDE`) are parts of their own, so that the cores are busy to the end;
the longest parts begin. `python -m tests.parts` shows what each part printed as it ends, then one closing
line in the words of pytest.
"""

import re
import subprocess
import sys
import time
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from dataclasses import dataclass

AT_ONCE = 3
WIDE = ("tests/security", "tests/demo")
OTHERS = ("-m", "not browser", *(f"--ignore={folder}" for folder in WIDE))
RIGHTS = ("-m", "not browser", *WIDE)
POSTGRES = ("--database=postgresql",)
PARTS = {
    "browser journeys": ("-m", "browser"),
    "PostgreSQL": (*OTHERS, *POSTGRES),
    "SQLite": OTHERS,
    "PostgreSQL, rights and pages": (*RIGHTS, *POSTGRES),
    "SQLite, rights and pages": RIGHTS,
}
COUNTED = re.compile(r"(\d+) (failed|passed|skipped|errors?|xfailed|xpassed)\b")


@dataclass(frozen=True)
class Outcome:
    """How a part ended."""

    name: str
    output: str
    code: int

    @property
    def is_good(self) -> bool:
        """Whether every test of the part passed; a part without a test is empty, not good."""
        return self.code == 0

    @property
    def counts(self) -> dict[str, int]:
        """The numbers of the closing line; a thread that ends late may print below it."""
        closing = next((line for line in reversed(self.output.splitlines()) if COUNTED.search(line)), "")
        return {word.replace("errors", "error"): int(number) for number, word in COUNTED.findall(closing)}


def run_part(name: str) -> Outcome:
    """Run one part to its end."""
    command = [sys.executable, "-m", "pytest", "-q", "--durations=8", "-p", "no:cacheprovider", *PARTS[name]]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    return Outcome(name, done.stdout, done.returncode)


def main() -> int:
    """Run all parts; 0 when all of them are good."""
    began = time.monotonic()
    total: dict[str, int] = {}
    bad: list[str] = []
    with ThreadPoolExecutor(AT_ONCE) as pool:
        running: list[Future[Outcome]] = [pool.submit(run_part, name) for name in PARTS]
        for future in as_completed(running):
            part = future.result()
            print(f"\n{f' {part.name} ':=^100}\n{part.output}", flush=True)
            bad += [] if part.is_good else [part.name]
            for word, number in part.counts.items():
                total[word] = total.get(word, 0) + number
    if bad:
        print(f"failed: {', '.join(bad)}")
    words = ", ".join(f"{number} {word}" for word, number in sorted(total.items()))
    print(f"{f' {words} in {time.monotonic() - began:.2f}s ':=^100}")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
