"""The whole server as a process of its own, as `dev.py run` starts it: measured, killed, started again."""

import os
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.servers import free_port, until

ROOT = Path(__file__).parents[1]


class ServerProcess:
    """One server on a port and a data folder of its own; another start finds the same data."""

    def __init__(self, data: Path, *options: str, **settings: str) -> None:
        self.data = data
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.options = options
        self.settings = settings
        self.log = data.parent / f"{data.name}-{self.port}.log"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> "ServerProcess":
        """Start and wait for the first answer."""
        command = [sys.executable, "-m", "commission_app.serve", "--no-browser", "--port", str(self.port)]
        command += ["--data", str(self.data), *self.options]
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                command,
                cwd=ROOT,
                env={**os.environ, **self.settings},
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        until(self._answers_or_died, f"{self.url} ({self.log})")
        assert self._process.poll() is None, self.log.read_text()
        return self

    @property
    def pid(self) -> int:
        """The process that leads the group."""
        assert self._process
        return self._process.pid

    def stop(self) -> None:
        """End it as an operator does."""
        self._end(signal.SIGTERM)

    def kill(self) -> None:
        """End it as a power cut does, workers included."""
        self._end(signal.SIGKILL)

    def _end(self, number: signal.Signals) -> None:
        if self._process is None or self._process.poll() is not None:
            return
        os.killpg(self._process.pid, number)
        self._process.wait(20)

    def _answers_or_died(self) -> bool:
        assert self._process
        return self._process.poll() is not None or answers(self.url)


def answers(url: str, path: str = "/healthz") -> bool:
    """Whether a server answers 200 there."""
    try:
        with urllib.request.urlopen(url + path, timeout=5) as response:
            return bool(response.status == 200)
    except (OSError, urllib.error.URLError):
        return False


@pytest.fixture
def start_server(tmp_path: Path) -> Iterator[Callable[..., ServerProcess]]:
    """Start whole servers: `start_server("--empty", DATABASE_URL=pg_url)`; all end with the test."""
    started: list[ServerProcess] = []

    def start(*options: str, data: Path | None = None, **settings: str) -> ServerProcess:
        server = ServerProcess(data or tmp_path / f"data-{len(started)}", *options, **settings)
        started.append(server)
        return server.start()

    yield start
    for server in started:
        server.kill()
