"""Processes that the benches speak to, a line at a time."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from tests.bench.harness import Run
from tests.processes import ROOT


class Spoken:
    """A process of this folder that answers lines; it ends with the run."""

    def __init__(self, run: Run, *words: str) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", f"tests.bench.{words[0]}", *words[1:]],
            cwd=ROOT,
            env=dict(os.environ),
            text=True,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        run.closing.callback(self._process.wait, 20)
        run.closing.callback(self._process.kill)

    def say(self, line: object) -> None:
        """Send a line."""
        assert self._process.stdin
        self._process.stdin.write(f"{line}\n")
        self._process.stdin.flush()

    def hear(self) -> str:
        """The next line; a process that ended says so here."""
        assert self._process.stdout
        line = self._process.stdout.readline().strip()
        assert line, f"{self._process.args} ended: {self._process.poll()}"
        return line

    def ask(self, do: str, **what: Any) -> Any:
        """Give a command and wait for its answer."""
        self.say(json.dumps({"do": do, **what}))
        return json.loads(self.hear())


class CrowdProcess(Spoken):
    """Groups of sockets read elsewhere."""

    def __init__(self, run: Run) -> None:
        super().__init__(run, "crowd")

    @contextmanager
    def watching(self, group: str) -> Iterator[dict[str, Any]]:
        """The group is watched from here; after the block the answer is in what the block was given."""
        self.say(json.dumps({"do": "wait", "group": group}))
        assert json.loads(self.hear()) == {"watching": group}
        seen: dict[str, Any] = {}
        yield seen
        seen.update(json.loads(self.hear()))
