"""Servers in processes of their own, and what they stand on, which can be taken away from them."""

import os
import signal
import subprocess
import sys
from pathlib import Path

from commission_app.core.config import Config
from tests.processes import ROOT, answers
from tests.servers import _answers, _as_nobody, free_port, redis_program, until


class Process:
    """One server process on the database of the test."""

    def __init__(self, config: Config, redis_url: str = "", port: int = 0) -> None:
        self.port = port or free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        settings = {
            "DATABASE_URL": config.database_url, "REDIS_URL": redis_url, "SECRET_KEY": config.secret_key,
            "MASTER_KEYS": config.master_keys,
            "DATA_DIR": str(config.data_dir), "MAIL_BACKEND": "memory", "BASE_URL": self.url,
        }  # fmt: skip
        command = [sys.executable, "-m", "tests.realtime.serving", str(self.port)]
        self.process = subprocess.Popen(
            command, cwd=ROOT, env={**os.environ, **settings}, stdout=subprocess.DEVNULL
        )
        try:
            until(lambda: answers(self.url), self.url)
        except BaseException:
            self.kill()  # one that came too late would do the work of the tests after this one
            raise

    def kill(self) -> None:
        """End it as a power cut does: the master first, then its worker, which notices that it is alone."""
        children = subprocess.run(
            ["pgrep", "-P", str(self.process.pid)], capture_output=True, text=True
        ).stdout.split()
        for pid in (self.process.pid, *map(int, children)):
            os.kill(pid, 9)
        self.process.wait(10)


class OwnRedis:
    """A Redis that may be stopped, frozen, and come back."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "bus"
        self.url = f"unix://{self._path}"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Answer."""
        command = [redis_program(), "--port", "0", "--unixsocket", str(self._path), "--save", ""]
        self._process = subprocess.Popen(command, stdout=subprocess.DEVNULL, cwd=self._path.parent)
        until(self._path.exists, "Redis")

    def stop(self) -> None:
        """Be gone."""
        self._send(signal.SIGCONT)
        self._send(signal.SIGTERM)
        assert self._process
        self._process.wait(10)

    def freeze(self) -> None:
        """Take connections and never answer."""
        self._send(signal.SIGSTOP)

    def thaw(self) -> None:
        """Answer again, also what waited."""
        self._send(signal.SIGCONT)

    def _send(self, number: signal.Signals) -> None:
        assert self._process
        self._process.send_signal(number)


class OwnPostgres:
    """The PostgreSQL of `postgres_in(folder)`, which may be stopped as an operator does and started again."""

    def __init__(self, folder: Path, url: str) -> None:
        self._folder, self._url = folder, url
        command = (folder / "data" / "postmaster.opts").read_text().split()
        self._program = Path(command[0].strip('"')).with_name("pg_ctl")

    def stop(self) -> None:
        """Cut every connection."""
        if (self._folder / "data" / "postmaster.pid").exists():
            self._control("stop", "-m", "fast")

    def start(self) -> None:
        """Answer again."""
        options = (self._folder / "data" / "postmaster.opts").read_text().split(maxsplit=1)[1]
        self._control("start", "-o", options.replace('"', ""), "-l", str(self._folder / "log"))
        until(lambda: _answers(self._url), "PostgreSQL")

    def _control(self, *words: str) -> None:
        command = [self._program, *words, "-w", "-D", self._folder / "data"]
        subprocess.run(
            command, check=True, stdout=subprocess.DEVNULL, cwd=self._folder, **_as_nobody(self._folder)
        )
