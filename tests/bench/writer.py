"""Somebody who writes in the shared notes: what static/src/js/shared-text.js does, with pycrdt for Yjs."""

import asyncio
import base64
from contextlib import suppress
from typing import Any

from pycrdt import Doc, Text, merge_updates

from tests.bench.screen import Screen

PAUSE = 0.03
AGAIN_AFTER = 2.0


class Writer:
    """A text in a page of the desk. What is typed waits here until the server says that it has it."""

    def __init__(self, screen: Screen, item: str) -> None:
        self.screen, self.item = screen, item
        self.doc: Doc[Any] = Doc()
        self.doc["notes"] = self.text = Text()
        self.waiting: list[bytes] = []
        self._sending = asyncio.Lock()
        self._is_remote = False
        self._seen = self.doc.observe(lambda event: self._note(event.update))
        screen.events["notes:update"] = self._receive
        screen.on_back = self.begin_again

    def type(self, word: str) -> None:
        """Write at the end."""
        self.text += word
        asyncio.get_running_loop().call_later(PAUSE, self._flush_soon)

    @property
    def is_kept(self) -> bool:
        """Whether the server has everything."""
        return not self.waiting

    def _note(self, update: bytes) -> None:
        if not self._is_remote:
            self.waiting.append(update)

    def _receive(self, message: dict[str, Any]) -> None:
        if message["item"] == self.item:
            self._apply(message["body"])

    def _apply(self, body: str) -> None:
        if not body:
            return
        self._is_remote = True
        self.doc.apply_update(base64.b64decode(body))
        self._is_remote = False

    async def begin_again(self) -> None:
        """With a line: take what the server has, send what it lacks."""
        with suppress(asyncio.CancelledError):
            answer = await self.screen.tell("notes:open", self.item)
            if answer:
                self._apply(answer["state"])
        await self._flush()

    def _flush_soon(self) -> None:
        self._flushing = asyncio.create_task(self._flush())

    async def _flush(self) -> None:
        async with self._sending:
            while self.waiting and self.screen.is_on:
                sent = list(self.waiting)
                body = base64.b64encode(merge_updates(*sent)).decode()
                try:
                    answer = await self.screen.tell("notes:write", self.item, body)
                except asyncio.CancelledError:
                    answer = None
                if not answer:  # without a line, its return sends it
                    asyncio.get_running_loop().call_later(AGAIN_AFTER, self._flush_soon)
                    break
                assert "refused" not in answer, answer
                self.waiting = self.waiting[len(sent) :]
