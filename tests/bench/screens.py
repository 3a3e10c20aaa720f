"""Many pages that follow days, in a process of their own: `python -m tests.bench.screens`.

One JSON command a line on its standard input, one JSON answer a line on its standard output.
"""

import asyncio
import json
import sys
import time
from collections import Counter
from collections.abc import Callable
from statistics import median
from typing import Any

from tests.bench.far import far
from tests.bench.screen import Screen
from tests.bench.writer import Writer

PATIENCE_SECONDS = 60.0
LOOK_EVERY = 0.005
BETWEEN_LETTERS = 0.15


class Screens:
    """Answers to the commands."""

    def __init__(self) -> None:
        self._groups: dict[str, list[Screen]] = {}
        self._writers: dict[str, list[Writer]] = {}
        self._typing: dict[str, asyncio.Task[None]] = {}
        self._words = 0

    async def open(
        self, group: str, ports: list[int], cookies: list[str], day: str, audience: str, hurried: bool = False
    ) -> dict[str, Any]:
        """Open a page for each cookie; the answer comes when all are right."""
        opened = [Screen(ports, cookie, day, audience, hurried=hurried) for cookie in cookies]
        self._groups.setdefault(group, []).extend(opened)
        return await self.right(group)

    async def right(self, group: str) -> dict[str, Any]:
        """Wait until all are connected and show the newest version they were told."""
        began = time.monotonic()
        await _until(lambda: all(one.is_right for one in self._groups[group]), lambda: self._wrong(group))
        return {"seconds": time.monotonic() - began}

    async def storm(self, group: str) -> dict[str, Any]:
        """Cut every line at one instant; seconds until each was back and right, and when all were."""
        screens = self._groups[group]
        asked = sum(one.pages_asked for one in screens)
        for one in screens:
            one.cut()
        began = time.monotonic()
        await _until(lambda: not any(one.is_on for one in screens), lambda: "lines that stay")
        back: dict[int, float] = {}
        while len(back) < len(screens):
            await asyncio.sleep(LOOK_EVERY)
            now = time.monotonic() - began
            back |= {place: now for place, one in enumerate(screens) if place not in back and one.is_right}
            assert now < PATIENCE_SECONDS, self._wrong(group)
        times = sorted(back.values())
        pages = sum(one.pages_asked for one in screens) - asked
        return {"median": median(times), "last": times[-1], "pages": pages}

    async def cut(self, group: str, places: list[int]) -> dict[str, Any]:
        """Cut some lines."""
        for place in places:
            self._groups[group][place % len(self._groups[group])].cut()
        return {}

    async def reached(self, group: str, version: int) -> dict[str, Any]:
        """Wait until all show a version and are right."""
        screens = self._groups[group]
        began = time.monotonic()
        await _until(
            lambda: all(one.is_right and one.shown >= version for one in screens), lambda: self._wrong(group)
        )
        return {"seconds": time.monotonic() - began}

    async def arrived(self, group: str, version: int) -> dict[str, Any]:
        """When (monotonic) each was sent a version; None for one that never was."""
        return {"at": [one.arrived.get(version) for one in self._groups[group]]}

    async def digests(self, group: str) -> dict[str, Any]:
        """How many show what."""
        return dict(Counter(one.digest for one in self._groups[group]))

    async def ports(self, group: str) -> dict[str, Any]:
        """How many are connected to which process."""
        return dict(Counter(str(one.port) for one in self._groups[group] if one.is_on))

    async def returns(self, group: str, count: int) -> dict[str, Any]:
        """Cut one page so often, each time as if it had missed everything; milliseconds until it was
        right."""
        (one,) = self._groups[group]
        taken = []
        for _ in range(count):
            one.shown = one.heard = 0
            one.cut()
            began = time.monotonic()
            await _until(lambda: not one.is_on, lambda: "a line that stays", often=True)
            await _until(lambda: one.is_right, lambda: self._wrong(group), often=True)
            taken.append((time.monotonic() - began) * 1000)
        return {"milliseconds": taken}

    async def moved(self, group: str, port: int) -> dict[str, Any]:
        """Seconds until all are right on another process."""
        began = time.monotonic()
        await _until(
            lambda: all(one.is_right and one.port == port for one in self._groups[group]),
            lambda: self._wrong(group),
        )
        return {"seconds": time.monotonic() - began}

    async def write(self, group: str, item: str, every: float) -> dict[str, Any]:
        """Each page of the group opens the notes of a point and types a word every so many seconds."""
        writers = [Writer(one, item) for one in self._groups[group]]
        self._writers[group] = writers
        for one in writers:
            await one.begin_again()
        self._typing[group] = asyncio.create_task(self._type(group, every))
        return {}

    async def written(self, group: str) -> dict[str, Any]:
        """Stop typing; the texts once everything is kept and they agree, and how many words were typed."""
        self._typing[group].cancel()
        writers = self._writers[group]
        await _until(
            lambda: all(one.is_kept for one in writers) and len({str(one.text) for one in writers}) == 1,
            lambda: f"texts differ: {[(len(str(one.text)), len(one.waiting)) for one in writers]}",
        )
        return {"text": str(writers[0].text), "words": self._words}

    async def put_far(self, port: int, seconds: float) -> dict[str, Any]:
        """A port behind which the server is so far away."""
        return {"port": await far(port, seconds)}

    async def letters(self, group: str, item: str, count: int) -> dict[str, Any]:
        """One page types, the other reads: milliseconds from each letter to the other's text."""
        one, other = writers = [Writer(screen, item) for screen in self._groups[group]]
        for writer in writers:
            await writer.begin_again()
        taken = []
        for number in range(count):
            letter = f"<{number}>"
            began = time.monotonic()
            one.type(letter)
            await _until(lambda letter=letter: letter in str(other.text), lambda: "no letter", often=True)
            taken.append((time.monotonic() - began) * 1000)
            await asyncio.sleep(BETWEEN_LETTERS)
        return {"milliseconds": taken}

    async def _type(self, group: str, every: float) -> None:
        while True:
            for place, one in enumerate(self._writers[group]):
                self._words += 1
                one.type(f" mot{place}n{self._words}.")
                await asyncio.sleep(every / len(self._writers[group]))

    def _wrong(self, group: str) -> str:
        wrong = [one for one in self._groups[group] if not one.is_right]
        return f"{len(wrong)} are not right: {[(one.is_on, one.shown, one.heard) for one in wrong[:5]]}"


async def _until(is_true: Callable[[], bool], what: Callable[[], str], *, often: bool = False) -> None:
    until = time.monotonic() + PATIENCE_SECONDS
    while not is_true():
        assert time.monotonic() < until, what()
        await asyncio.sleep(0 if often else LOOK_EVERY)


async def main() -> None:
    """One command a line."""
    screens, loop = Screens(), asyncio.get_running_loop()
    while line := await loop.run_in_executor(None, sys.stdin.readline):
        command = json.loads(line)
        print(json.dumps(await getattr(screens, command.pop("do"))(**command)), flush=True)


if __name__ == "__main__":
    asyncio.run(main())
