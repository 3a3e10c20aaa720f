"""Who comes (back) and whose page asks again pass two at a time; acts never queue here.

When a network comes back, hundreds of browsers return in the same second. All at once they would share the
interpreter with the one facilitator who acts, who would get one turn in hundreds. Two at a time they are
through as soon, and an act waits for two.
"""

import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from flask import Flask
from werkzeug.exceptions import HTTPException
from werkzeug.routing import MapAdapter

#: How long an act goes first: longer than one takes, and so short that a form sent slowly holds up nobody.
GIVE_WAY_SECONDS = 0.2


class Passing:
    """So many threads at a time, and acts go first; a thread that is inside may enter again."""

    def __init__(self, at_once: int) -> None:
        self.gate = threading.BoundedSemaphore(at_once)
        self._own = threading.local()
        self._lock = threading.Lock()
        self._acts = 0
        self._newest = -GIVE_WAY_SECONDS
        self._is_quiet = threading.Event()
        self._is_quiet.set()

    def __enter__(self) -> None:
        depth = self._depth
        if not depth:
            self.gate.acquire()
            self._give_way()
        self._own.depth = depth + 1

    def __exit__(self, *_raised: object) -> None:
        if self._depth == 1:
            self.gate.release()
        self._own.depth = max(0, self._depth - 1)

    def leave(self) -> None:
        """Give the turn back before the end, however deep inside: for who is about to wait for a client."""
        if self._depth:
            self.gate.release()
        self._own.depth = 0

    @contextmanager
    def act(self) -> Iterator[None]:
        """Somebody acts: who passes meanwhile waits a moment, so that the act has the interpreter."""
        with self._lock:
            self._acts += 1
            self._newest = time.monotonic()
            self._is_quiet.clear()
        try:
            yield
        finally:
            with self._lock:
                self._acts -= 1
                if not self._acts:
                    self._is_quiet.set()

    def _give_way(self) -> None:
        left = self._newest + GIVE_WAY_SECONDS - time.monotonic()
        if left > 0:
            self._is_quiet.wait(left)

    @property
    def _depth(self) -> int:
        return getattr(self._own, "depth", 0)


#: Held for the few milliseconds of an admission, of a goodbye or of a page; never while one waits for a
#: client.
PASSING = Passing(2)
LINES = "/socket.io"
ASKING_PAGES = frozenset({"day.live", "day.desk", "day.show_screen"})


class Turnstile:
    """Stands before the pages and lets those that ask for their own fragments pass."""

    def __init__(self, app: Flask) -> None:
        self._inner = app.wsgi_app
        self._addresses: MapAdapter = app.url_map.bind("localhost")

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """Answer; the body of these pages is whole before it is sent."""
        if _is_act(environ):
            with PASSING.act():
                return self._inner(environ, start_response)
        if not self._asks_again(environ):
            return self._inner(environ, start_response)
        with PASSING:
            return self._inner(environ, start_response)

    def _asks_again(self, environ: dict[str, Any]) -> bool:
        if environ["REQUEST_METHOD"] != "GET" or "HTTP_HX_REQUEST" not in environ:
            return False
        try:
            endpoint, _values = self._addresses.match(environ.get("PATH_INFO", ""), "GET")
        except HTTPException:
            return False
        return endpoint in ASKING_PAGES


def _is_act(environ: dict[str, Any]) -> bool:
    return environ["REQUEST_METHOD"] == "POST" and not environ.get("PATH_INFO", "").startswith(LINES)
