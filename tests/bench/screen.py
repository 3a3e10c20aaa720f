"""A page that follows a day, without a browser: what static/src/js/live.js does with the line and the
answers, down to its pauses, so that a bench sees the crowd that the server would see."""

import asyncio
import hashlib
import itertools
import json
import random
import re
import time
from contextlib import suppress
from typing import Any

from tests.bench.sockets import handshake, masked

PARTIAL = re.compile(r'<hx-partial hx-target="#([\w-]+)" hx-swap="\w+">(.*?)</hx-partial>', re.DOTALL)
INSTANT = re.compile(r'id="instant" hidden data-version="(\d+)" data-now="\d+" data-personal="([^"]*)"')
PAGES = {"members": "en-direct", "facilitation": "pupitre"}
AGAIN_AT_MOST = 1.5
CATCH_UP_AT_MOST = 0.3
LACK_AT_MOST = 1.5
FIRST_PAUSE = 1.0
LONGEST_PAUSE = 5.0
FACTOR = 0.7
PATIENCE = 20.0


class Screen:
    """One page. `ports` are the processes behind the proxy: one that refuses is passed over."""

    def __init__(self, ports: list[int], cookie: str, day: str, audience: str, *, hurried: bool) -> None:
        self.ports, self.cookie, self.day, self.audience = ports, cookie, day, audience
        self.hurried = hurried
        self.shown = self.heard = -1
        self.personal = ""
        self.fragments: dict[str, str] = {}
        self.arrived: dict[int, float] = {}
        self.is_on = False
        self.pages_asked = 0
        self.events: dict[str, Any] = {}
        self.on_back: Any = None
        self._asking: asyncio.Task[None] | None = None
        self._lacking: asyncio.Task[None] | None = None
        self._is_sent = False
        self._writer: asyncio.StreamWriter | None = None
        self._numbers = itertools.count(1)
        self._answers: dict[int, asyncio.Future[Any]] = {}
        self._living = asyncio.create_task(self._live())

    @property
    def is_right(self) -> bool:
        """Whether it is connected and shows the newest version that the server named."""
        return self.is_on and self.shown >= self.heard >= 0 and self._asking is None

    @property
    def digest(self) -> str:
        """What stands on it, the clock of the answer left out."""
        shown = json.dumps(sorted(self.fragments.items()))
        return f"{self.shown}:{hashlib.sha256(shown.encode()).hexdigest()[:12]}"

    def cut(self) -> None:
        """Lose the line as in a tunnel: no goodbye."""
        if self._writer is not None:
            self._writer.transport.abort()

    def leave(self) -> None:
        """Close the page."""
        self._living.cancel()
        self.cut()

    async def tell(self, event: str, *sent: Any) -> Any:
        """Send an event and give the server's answer; None when the line is cut."""
        if not self.is_on or self._writer is None:
            return None
        number = next(self._numbers)
        self._answers[number] = asyncio.get_running_loop().create_future()
        self._writer.write(masked(f"42{number}{json.dumps([event, *sent], separators=(',', ':'))}"))
        return await self._answers[number]

    async def _live(self) -> None:
        for attempt in itertools.count():
            with suppress(OSError, asyncio.IncompleteReadError):
                await self._follow(self.ports[attempt % len(self.ports)])
            was_on, self.is_on, self._writer = self.is_on, False, None
            for waiting in self._answers.values():
                waiting.cancel()
            self._answers.clear()
            if was_on:
                await self._pause(0)
            elif attempt % len(self.ports) == len(self.ports) - 1:
                await self._pause(attempt // len(self.ports))

    async def _pause(self, failures: int) -> None:
        """socket.io-client's own: a second more or less, then longer."""
        if not self.hurried:
            pause = min(FIRST_PAUSE * 2**failures, LONGEST_PAUSE)
            await asyncio.sleep(pause * random.uniform(1 - FACTOR, 1 + FACTOR))

    async def _follow(self, port: int) -> None:
        reader, self._writer = await asyncio.open_connection("127.0.0.1", port)
        self.port = port
        self._writer.write(handshake(port, self.cookie))
        await reader.readuntil(b"\r\n\r\n")
        self._writer.write(masked(f"40{self._introduction()}"))
        while True:
            self._receive(await _message(reader))

    def _receive(self, text: str) -> None:
        if text == "2":
            assert self._writer
            self._writer.write(masked("3"))
        elif text.startswith("40"):
            self.is_on = True
            if self.on_back is not None:
                asyncio.get_running_loop().create_task(self.on_back())
        elif text.startswith("42"):
            event, *sent = json.loads(text[2:])
            self._hear(event, sent)
        elif text.startswith("43"):
            number, _bracket, _rest = text[2:].partition("[")
            waiting = self._answers.pop(int(number))
            if not waiting.done():
                waiting.set_result(next(iter(json.loads(text[2 + len(number) :])), None))

    def _hear(self, event: str, sent: list[Any]) -> None:
        if event == self.audience:
            self._apply(sent[0])
        elif event == "version":
            self.heard = max(self.heard, sent[0]["version"])
            if self.shown < self.heard:
                self._lack()
        elif event in self.events:
            self.events[event](*sent)

    def _apply(self, message: dict[str, Any]) -> None:
        version = message["version"]
        self.heard = max(self.heard, version)
        self.arrived.setdefault(version, time.monotonic())
        if version <= self.shown:
            return
        if message["since"] not in (0, self.shown):
            self._lack()
            return
        self.fragments |= message["fragments"]
        self.shown = version
        if message["personal"] != self.personal and self.audience == "members":
            self._again(random.random() * AGAIN_AT_MOST)
        self.personal = message["personal"]

    def _lack(self) -> None:
        """Ask over the line for what was missed; where no answer comes, for the page."""
        if self._lacking is None:
            self._lacking = asyncio.create_task(self._ask_for_rest())

    async def _ask_for_rest(self) -> None:
        await asyncio.sleep(random.random() * CATCH_UP_AT_MOST)
        if self.shown < self.heard and self.is_on and self._writer is not None:
            self._writer.write(masked(f'42["behind",{self._introduction()}]'))
        await asyncio.sleep(LACK_AT_MOST)
        self._lacking = None
        if self.shown < self.heard and self._asking is None:
            self._again(0)

    def _introduction(self) -> str:
        shown = {"session": self.day, "audience": self.audience, "version": self.shown}
        return json.dumps(shown, separators=(",", ":"))

    def _again(self, wait: float) -> None:
        """Another wish replaces one that still waits; one that was sent is awaited first."""
        if self._asking is not None and not self._is_sent:
            self._asking.cancel()
        before = self._asking if self._is_sent else None
        self._asking = asyncio.create_task(self._ask(wait, before))

    async def _ask(self, wait: float, before: "asyncio.Task[None] | None") -> None:
        await asyncio.sleep(wait)
        if before is not None:
            await before
        pause = 0.0
        self._is_sent = True
        while self.is_on:
            self.pages_asked += 1
            text = await page(self.port, self.cookie, self._path())
            if text:
                self._show(text)
            if self.shown >= self.heard:
                break
            await asyncio.sleep(pause)
            pause = min(2 * pause + 0.25, PATIENCE)
        self._is_sent = False
        if self._asking is asyncio.current_task():
            self._asking = None

    def _path(self) -> str:
        return f"/sessions/{self.day}/{PAGES[self.audience]}"

    def _show(self, text: str) -> None:
        found = INSTANT.search(text)
        assert found, text[:300]
        version = int(found[1])
        self.heard = max(self.heard, self.shown)
        named = {name: html for name, html in PARTIAL.findall(text) if name in self._named()}
        self.fragments |= named
        self.shown, self.personal = version, found[2].replace("&amp;", "&")

    def _named(self) -> frozenset[str]:
        from commission_app.sessions.day.fragments import FRAGMENTS, Audience

        return frozenset(FRAGMENTS[Audience(self.audience)])


async def page(port: int, cookie: str, path: str) -> str:
    """Ask for the fragments of a page as htmx does; nothing when the server is gone."""
    asked = (
        f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nCookie: session={cookie}\r\n"
        "HX-Request: true\r\nConnection: close\r\n\r\n"
    )
    try:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(asked.encode())
        head, _end, body = (await reader.read(-1)).partition(b"\r\n\r\n")
        writer.close()
    except OSError:
        return ""
    return body.decode() if b" 200 " in head[:16] else ""


async def _message(reader: asyncio.StreamReader) -> str:
    """One message of the server; it never masks nor splits, and its goodbye ends the line."""
    kind, length = await reader.readexactly(2)
    if length == 126:
        length = int.from_bytes(await reader.readexactly(2), "big")
    elif length == 127:
        length = int.from_bytes(await reader.readexactly(8), "big")
    body = await reader.readexactly(length)
    if kind == 0x88:
        raise ConnectionError("goodbye")
    return body.decode()
