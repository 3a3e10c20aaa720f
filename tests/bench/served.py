"""Servers under measure, each a process of its own, and the browser that asks them on one kept connection."""

import http.client
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from pathlib import Path
from urllib.parse import urlencode

from tests.processes import ROOT, answers
from tests.servers import free_port

FILLING_SECONDS = 400


@dataclass
class Asked:
    """A connection that stays open, a cookie, and how many statements the last answer took.

    The cookie is kept as a browser keeps it: what a page put into it comes back with the next request.
    """

    port: int
    cookie: str
    statements: int = 0
    connection: http.client.HTTPConnection = field(init=False)

    def __post_init__(self) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", self.port)

    def page(self, url: str) -> Callable[[], None]:
        """Ask for a page and see that it comes, whole."""

        def ask() -> None:
            assert self.text(url), url

        return ask

    def text(self, url: str) -> str:
        """A page, whole."""
        return self._answer("GET", url)

    def send(self, url: str, typed: dict[str, str]) -> str:
        """Send a form as htmx does; the whole answer."""
        sort = {"Content-Type": "application/x-www-form-urlencoded", "HX-Request": "true"}
        return self._answer("POST", url, urlencode(typed), sort)

    def _answer(self, method: str, url: str, body: str = "", sort: dict[str, str] | None = None) -> str:
        headers = {"Cookie": f"session={self.cookie}", **(sort or {})}
        self.connection.request(method, url, body=body or None, headers=headers)
        answer = self.connection.getresponse()
        text = answer.read().decode()
        assert answer.status == 200, (url, answer.status)
        self.cookie = self._given(answer.headers.get("Set-Cookie", "")) or self.cookie
        self.statements = int(answer.headers.get("Statements", "0"))
        return text

    def _given(self, header: str) -> str:
        found = SimpleCookie(header).get("session")
        return found.value if found else ""


@dataclass
class World:
    """A server with so many dossiers, and what it told of itself."""

    process: "subprocess.Popen[bytes]"
    port: int
    told: dict[str, str]

    @property
    def coordinator(self) -> Asked:
        """The coordinator's browser."""
        return Asked(self.port, self.told["cookie"])

    @property
    def members(self) -> list[Asked]:
        """The browsers of those who were invited to the day."""
        return [Asked(self.port, cookie) for cookie in self.told["members"].split()]

    def url(self, pattern: str) -> str:
        """An address of this world, about the day to come."""
        return pattern.format(day=self.told["day"])


def start_world(closing: ExitStack, folder: Path, dossiers: int, **settings: str) -> World:
    """Start a server with so many dossiers; it ends with the run."""
    port = free_port()
    process = _start(closing, folder, ["serving", str(port), str(folder), str(dossiers)], settings)
    told = folder / "told.json"
    _wait(process, told.exists, folder)
    return World(process, port, json.loads(told.read_text()))


def start_bare(closing: ExitStack, folder: Path) -> "tuple[subprocess.Popen[bytes], int]":
    """Start the bare Flask page; it ends with the run."""
    port = free_port()
    process = _start(closing, folder, ["bare_page", str(port), str(folder / "bare.db")], {})
    _wait(process, lambda: answers(f"http://127.0.0.1:{port}", "/"), folder)
    return process, port


def _start(
    closing: ExitStack, folder: Path, words: list[str], settings: dict[str, str]
) -> "subprocess.Popen[bytes]":
    log = closing.enter_context((folder / "server.log").open("ab"))
    process = subprocess.Popen(
        [sys.executable, "-m", f"tests.bench.{words[0]}", *words[1:]],
        cwd=ROOT,
        env={**os.environ, **settings},
        stdout=log,
        stderr=log,
    )
    closing.callback(process.wait, 20)
    closing.callback(process.terminate)
    return process


def _wait(process: "subprocess.Popen[bytes]", is_ready: Callable[[], bool], folder: Path) -> None:
    """Wait until a server is ready; one that ends or takes too long fails with what it wrote."""
    until = time.monotonic() + FILLING_SECONDS
    while not is_ready():
        log = (folder / "server.log").read_text()[-3000:]
        assert process.poll() is None, log
        assert time.monotonic() < until, log
        time.sleep(0.02)
