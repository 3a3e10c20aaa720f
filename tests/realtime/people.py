"""A live server in this process, and people who follow it as a browser does."""

import contextlib
import socket as socket_module
import threading
from collections import defaultdict
from typing import Any

import requests
import socketio
import websocket
from flask import Flask
from werkzeug.serving import make_server

from commission_app.accounts.models import User
from tests.clients import TOKEN, signed_in
from tests.databases import settle
from tests.servers import free_port, until

AUDIENCES = ("facilitation", "members", "screen")


class LiveServer:
    """The application on a port, in threads."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._server = make_server("127.0.0.1", self.port, app, threaded=True)
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Hang everybody up, then listen no more."""
        lines, _broadcaster, watch = self.app.extensions["commission_live"]
        until(lambda: not lines.all(), "the end of every line")
        with watch._looking:  # its last look at the database has ended
            pass
        self._server.shutdown()
        self._thread.join(10)


class QuickSocket(websocket.WebSocket):
    """A websocket that does not wait for a goodbye."""

    def close(self, *_how: Any, **_more: Any) -> None:
        """Hang up."""
        with contextlib.suppress(OSError):
            self.sock.shutdown(socket_module.SHUT_RDWR)
        self.shutdown()


class Follower:
    """Somebody whose page is open: keeps what the socket brought."""

    def __init__(self, url: str, cookies: dict[str, str], session_id: Any) -> None:
        self.url = url
        self.session_id = str(session_id)
        self.http = requests.Session()
        for name, value in cookies.items():
            self.http.cookies.set(name, value, domain="127.0.0.1", path="/")
        self.received: dict[str, list[Any]] = defaultdict(list)
        self.cut = threading.Event()
        self.socket = socketio.Client(
            http_session=self.http, reconnection=False, websocket_extra_options={"class_": QuickSocket}
        )
        for event in (*AUDIENCES, "version", "presence", "notes:update", "notes:place"):
            self.socket.on(event, self._keeper(event))
        self.socket.on("disconnect", lambda *_reason: self.cut.set())

    def _keeper(self, event: str) -> Any:
        return self.received[event].append

    def join(
        self, transports: tuple[str, ...] = ("websocket",), auth: Any = None, **headers: str
    ) -> "Follower":
        """Open the socket and wait for the first word of the server."""
        settle()
        if "Origin" in headers and "websocket" in transports:
            self.socket.eio.websocket_extra_options["origin"] = headers.pop("Origin")
        wanted = {"session": self.session_id} if auth is None else auth
        self.socket.connect(self.url, auth=wanted, transports=list(transports), headers=headers)
        until(lambda: self.received["version"], "the first word")
        return self

    def leave(self) -> None:
        """Close the page."""
        if self.socket.connected and self.socket.transport() == "websocket":
            self.socket.eio.ws.sock.shutdown(socket_module.SHUT_RDWR)
        elif self.socket.connected:
            self.socket.disconnect()
        self.http.close()

    def act(
        self, path: str, data: dict[str, Any] | None = None, page: str = "en-direct"
    ) -> requests.Response:
        """Send a form of the page as htmx does."""
        settle()
        shown = self.http.get(f"{self.url}/sessions/{self.session_id}/{page}").text
        token = next(group for group in TOKEN.search(shown).groups() if group)
        headers = {"HX-Request": "true", "X-CSRFToken": token, "Origin": self.url}
        return self.http.post(self.url + path, data=data or {}, headers=headers)

    def last(self, event: str) -> Any:
        """The last message of an audience."""
        return self.received[event][-1]


def cookies_of(app: Flask, user: User) -> dict[str, str]:
    """What the browser of somebody who signed in carries."""
    cookie = signed_in(app, user).get_cookie("session")
    settle()
    assert cookie is not None
    return {"session": cookie.value}
