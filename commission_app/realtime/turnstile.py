"""Who comes (back) and whose page asks again pass two at a time; acts never queue here.

When a network comes back, hundreds of browsers return in the same second. All at once they would share the
interpreter with the one facilitator who acts, who would get one turn in hundreds. Two at a time they are
through as soon, and an act waits for two.
"""

import threading
from collections.abc import Iterable
from typing import Any

from flask import Flask
from werkzeug.exceptions import HTTPException
from werkzeug.routing import MapAdapter

#: Held for the few milliseconds of an admission or of a page; never while one waits for a client.
PASSING = threading.BoundedSemaphore(2)
ASKING_PAGES = frozenset({"day.live", "day.desk", "day.show_screen"})


class Turnstile:
    """Stands before the application and lets pages that ask for their own fragments pass."""

    def __init__(self, app: Flask) -> None:
        self._inner = app.wsgi_app
        self._addresses: MapAdapter = app.url_map.bind("localhost")

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """Answer; the body of these pages is whole before it is sent."""
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
