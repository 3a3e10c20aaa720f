"""A live server in this process, and people who follow it as a browser does."""

import contextlib
import socket as socket_module
import threading
from collections import defaultdict
from typing import Any

import engineio
import requests
import socketio
import websocket
from flask import Flask, has_app_context
from werkzeug.serving import make_server

from commission_app.accounts.models import User
from commission_app.core.db import rollback
from tests.clients import TOKEN, signed_in
from tests.databases import settle
from tests.servers import PATIENCE_SECONDS, free_port, in_thread, until

AUDIENCES = ("facilitation", "members", "screen")


class LiveServer:
    """The application on a port, in threads."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._server = make_server("127.0.0.1", self.port, app, threaded=True)
        self._server.daemon_threads = True
        self._thread = in_thread(self._server)

    def stop(self) -> None:
        """Hang everybody up, then listen no more; the test's own transaction, which the watch may wait for,
        ends first."""
        if has_app_context():
            rollback()
        lines, _broadcaster, watch = self.app.extensions["commission_live"]
        until(lambda: not lines.all(), "the end of every line")
        self.app.extensions["commission_passes"].end()
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


class InOrder(engineio.Client):  # type: ignore[misc]
    """Hears one message after the other, as a browser does."""

    def _trigger_event(self, event: str, *args: Any, **how: Any) -> Any:
        return super()._trigger_event(event, *args, **{**how, "run_async": False})

    def _reset(self) -> None:
        """A line that the server cut is let go of: nothing else would close it."""
        super()._reset()
        if self.ws is not None:
            self.ws.shutdown()


class Client(socketio.Client):  # type: ignore[misc]
    """A client whose messages keep their order."""

    def _engineio_client_class(self) -> type[engineio.Client]:
        return InOrder


class Follower:
    """Somebody whose page is open: keeps what the socket brought."""

    def __init__(self, url: str, cookies: dict[str, str], session_id: Any) -> None:
        self.url = url
        self.session_id = str(session_id)
        self.http = requests.Session()
        for name, value in cookies.items():
            self.http.cookies.set(name, value, domain="127.0.0.1", path="/")
        self.received: dict[str, list[Any]] = defaultdict(list)
        self.new_line()

    def new_line(self) -> None:
        """A line that is not open yet; one that was cut is left behind."""
        self.cut = cut = threading.Event()
        self.socket = Client(
            http_session=self.http, reconnection=False, websocket_extra_options={"class_": QuickSocket}
        )
        for event in (*AUDIENCES, "version", "presence", "notes:update", "notes:place"):
            self.socket.on(event, self._keeper(event))
        self.socket.on("disconnect", lambda *_reason: cut.set())

    def _keeper(self, event: str) -> Any:
        return self.received[event].append

    def join(
        self, transports: tuple[str, ...] = ("websocket",), auth: Any = None, **headers: str
    ) -> "Follower":
        """Open the socket and wait for the first word of the server."""
        if has_app_context():  # not so in a thread beside the test, which has no transaction to end
            settle()
        if "Origin" in headers and "websocket" in transports:
            self.socket.eio.websocket_extra_options["origin"] = headers.pop("Origin")
        wanted = {"session": self.session_id} if auth is None else auth
        self.socket.connect(
            self.url, auth=wanted, transports=list(transports), headers=headers, wait_timeout=PATIENCE_SECONDS
        )
        until(lambda: self.received["version"], "the first word")
        return self

    def leave(self) -> None:
        """Close the page."""
        if self.socket.connected and self.socket.transport() == "websocket":
            self.hang_up()
        elif self.socket.connected:
            self.socket.disconnect()
        self.http.close()

    def hang_up(self) -> None:
        """Let the websocket end without a word."""
        with contextlib.suppress(OSError, AttributeError):  # the server may cut it at this instant
            self.socket.eio.ws.sock.shutdown(socket_module.SHUT_RDWR)

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
