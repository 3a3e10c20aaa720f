"""From a fresh clone, and from a second start, to a page that answers."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from tests.bench.harness import Reading, Run, bench
from tests.processes import ROOT, answers
from tests.servers import free_port

PATIENCE_SECONDS = 180


@bench("start.cold", goal=30, unit="s", is_long=True)
def start_cold(run: Run) -> Reading:
    """A clone without .venv, node_modules or data; the clients' own caches of packages count as there."""
    clone = run.folder() / "clone"
    subprocess.run(["git", "clone", "--quiet", ROOT, clone], check=True)
    run.shared["clone"] = clone
    return Reading(seconds_to_answer(clone))


@bench("start.warm", goal=3, unit="s", is_long=True)
def start_warm(run: Run) -> Reading:
    """The same command again."""
    if "clone" not in run.shared:
        start_cold(run)
    clone = run.shared["clone"]
    assert isinstance(clone, Path)
    return Reading(sorted(seconds_to_answer(clone) for _ in range(3))[1])


def seconds_to_answer(clone: Path) -> float:
    """How long `dev.py run` takes until the sign-in page answers; the server is ended afterwards."""
    port = free_port()
    command = [os.path.realpath(sys.executable), "dev.py", "run", "--no-browser", "--port", str(port)]
    began = time.perf_counter()
    with (clone.parent / "start.log").open("ab") as log:
        server = subprocess.Popen(
            command, cwd=clone, env=bare(), stdout=log, stderr=log, start_new_session=True
        )
    try:
        while not answers(f"http://127.0.0.1:{port}", "/connexion"):
            assert server.poll() is None, (clone.parent / "start.log").read_text()[-3000:]
            assert time.perf_counter() - began < PATIENCE_SECONDS
            time.sleep(0.02)
        return time.perf_counter() - began
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait(20)


def bare() -> dict[str, str]:
    """The environment without what this run's own virtual environment put into it."""
    return {name: value for name, value in os.environ.items() if name not in {"VIRTUAL_ENV", "PYTHONPATH"}}
