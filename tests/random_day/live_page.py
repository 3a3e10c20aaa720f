"""A page that follows a day as static/src/js/live.js does: it keeps its fragments, applies the changes that
build on what it shows, and asks for itself again when it missed one."""

import re
import threading
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

import requests
import socketio

from commission_app.sessions.day.fragments import Audience
from commission_app.sessions.day.notes.document import edit, merged, text_of
from tests.clients import TOKEN
from tests.random_day.wire import from_wire, on_wire, parts_of
from tests.realtime.people import Follower
from tests.servers import until

TRIES = 4  # a busy machine lets somebody wait too long
INSTANT = re.compile(r'data-version="(-?\d+)".*?data-personal="([^"]*)"')
ARRIVED = re.compile(r'data-arrived="(\d*)"')
PIECE = re.compile(r"\[[^\]]*\]")
ADDRESSES = {Audience.FACILITATION: "pupitre", Audience.MEMBERS: "en-direct"}


class LivePage(Follower):
    """One open page; a guest's has no audience. Everything it does by itself runs in the pool of the day."""

    def __init__(
        self,
        url: str,
        cookies: dict[str, str],
        day_id: Any,
        audience: Audience | None,
        who: str,
        pool: ThreadPoolExecutor,
    ) -> None:
        self.audience, self.who, self.link = audience, who, cookies.get("guest", "")
        self.fragments: dict[str, str] = {}
        self.notes: dict[str, list[bytes]] = {}
        self.shown = self.heard = -1
        self.personal = self.token = ""
        self._pool, self._state = pool, threading.RLock()
        self._waits, self._flying = False, 0
        self.is_over = False  # a guest's page: it is another one once the day is closed
        super().__init__(url, cookies, day_id)

    @property
    def address(self) -> str:
        """Where the page asks for itself."""
        if self.audience is None:
            return f"{self.url}/invite/{self.link}?direct=1"
        if self.audience is Audience.SCREEN:
            return f"{self.url}/ecran"
        return f"{self.url}/sessions/{self.session_id}/{ADDRESSES[self.audience]}"

    @property
    def follows(self) -> bool:
        """A guest is let go when nothing is left to read; everybody else is on line at a checkpoint."""
        return not self.is_over and (self.audience is not None or self.socket.connected)

    def shows(self, version: int) -> bool:
        """The page stands at a version, and nothing that it asked for is still to come."""
        with self._state:
            is_waiting = self._waits or self._flying
            return not self.follows or (not is_waiting and self.shown == version)

    def open(self) -> "LivePage":
        """Load the page, then open its line."""
        if found := TOKEN.search(self.http.get(self.address).text):
            self.token = next(group for group in found.groups() if group)
        self._take(self.fresh())
        self.rejoin()
        return self

    def fresh(self) -> str:
        """A page opened at this moment, as its fragments."""
        answer = self.http.get(self.address, headers={"HX-Request": "true"})
        assert answer.status_code == 200, (self.who, answer.status_code)
        self.is_over = self.is_over or "HX-Refresh" in answer.headers
        return answer.text

    def cut_line(self) -> None:
        """The network goes away without a word; the page stays as it is."""
        if self.socket.connected:
            self.hang_up()
            until(self.cut.is_set, "the end of the line")

    def rejoin(self, tries: int = TRIES) -> None:
        """The line comes back; texts that were open are opened again."""
        if self.socket.connected or self.is_over:
            return
        self.new_line()
        self.received["version"].clear()
        shown = {"audience": str(self.audience), "version": self.shown}
        try:
            self.join(auth={"session": self.session_id, **shown})
        except socketio.exceptions.ConnectionError:
            assert self.audience is None or tries > 1, f"{self.who} is refused"
            self.is_over = self.audience is None
            self.rejoin(tries - 1)
        for item_id in list(self.notes):
            self.open_notes(item_id)

    def send(self, path: str, data: dict[str, str], *, is_htmx: bool = True) -> requests.Response:
        """Send a form of the page; what it answers takes its place."""
        headers = {"Origin": self.url, "X-CSRFToken": self.token}
        headers |= {"HX-Request": "true"} if is_htmx else {}
        answer = self.http.post(self.url + path, data=data, headers=headers, allow_redirects=False)
        if is_htmx and "<hx-partial" in answer.text and answer.status_code == 200:
            self._take(answer.text)
        elif not is_htmx and answer.status_code == 303:
            self._again()  # the browser goes to a page, and comes back to this one
        return answer

    def open_notes(self, item_id: str) -> None:
        """Open the shared text of a point."""
        with self._state:
            known = self.notes.setdefault(item_id, [])
        answer = self.socket.call("notes:open", item_id, timeout=60)
        with self._state:
            known += [state] if (state := from_wire(answer["state"])) else []

    def type(self, item_id: str, place: float, words: str) -> bool:
        """Write into a shared text, beside what stands in brackets; whether the server kept it."""
        with self._state:
            state = merged(self.notes[item_id])
        text = text_of(state)
        bounds = [0, *(end.end() for end in PIECE.finditer(text))]
        at = bounds[int(place * len(bounds))]
        update = edit(state, text[:at] + words + text[at:])
        answer = self.socket.call("notes:write", (item_id, on_wire(update)), timeout=60)
        return bool(answer.get("kept"))

    def hear_out(self) -> None:
        """Whatever was sent to this page before has come, once the server answers on the same line."""
        for item_id in list(self.notes):
            self.socket.call("notes:look", (item_id, "{}"), timeout=60)

    def text(self, item_id: str) -> str:
        """A shared text as this page has it."""
        with self._state:
            return text_of(merged(self.notes[item_id]))

    def _keeper(self, event: str) -> Any:
        return partial(self._hear, event)

    def _hear(self, event: str, message: Any) -> None:
        with self._state:
            if event == self.audience:
                self._receive(message)
            elif event == "version":
                self.received[event].append(message)
                self.heard = max(self.heard, message["version"])
                if self.shown < self.heard:
                    self._again()
            elif event == "notes:update" and message["item"] in self.notes:
                self.notes[message["item"]].append(from_wire(message["body"]))

    def _receive(self, message: Any) -> None:
        self.heard = max(self.heard, message["version"])
        if message["version"] <= self.shown:
            return
        if message["since"] not in (0, self.shown):
            self._again()
            return
        self.fragments |= message["fragments"]
        self._look_for_own_arrival()
        self.shown = message["version"]
        if message["personal"] != self.personal and self.audience is Audience.MEMBERS:
            self._again()
        self.personal = message["personal"]

    def _look_for_own_arrival(self) -> None:
        """What static/src/js/controllers/arrival.js does."""
        noted = re.search(rf"{self.who}=(\d+)", self.fragments.get("presents", ""))
        shown = ARRIVED.search(self.fragments.get("ma-presence", ""))
        if shown and shown[1] != (noted[1] if noted else ""):
            self._again()

    def _again(self) -> None:
        with self._state:
            if not self._waits:
                self._waits = True
                self._pool.submit(self._ask)

    def _ask(self) -> None:
        with self._state:
            self._waits, self._flying = False, self._flying + 1
        try:
            self._take(self.fresh())
        finally:
            with self._state:
                self._flying -= 1

    def _take(self, text: str) -> None:
        if self.is_over:
            return
        parts = parts_of(text)
        moment = INSTANT.search(parts.pop("instant"))
        assert moment, text[:300]
        with self._state:
            self.fragments |= parts
            self.heard = max(self.heard, self.shown)
            self.shown, self.personal = int(moment[1]), moment[2]
            if self.shown < self.heard:
                self._again()
