"""What clients must not do: come without being anybody, stay without asking for a day, flood, ask twice, name
events of the server or unknown ones, send what is no message. The offender is cut off, others go on."""

import threading
import time
from collections import Counter, deque
from collections.abc import Callable
from typing import Any

import structlog

MESSAGES_A_MINUTE = 200
#: Somebody who types sends up to ten messages a second; only facilitators are answered to these.
NOTES_A_MINUTE = 1200
NOTES = '["notes:'
REFUSALS_BORNE = 20
WINDOW_SECONDS = 60.0
WAITING_SECONDS = 10.0
#: Names by which the server calls its own handlers: from a client they would unmake what it knows of a line.
RESERVED = frozenset({"connect", "disconnect", "*"})

log = structlog.get_logger()


class Guard:
    """Stands before the handlers of a Socket.IO server and counts."""

    def __init__(self, server: Any) -> None:
        self.refused: Counter[str] = Counter()
        self.knows: Callable[[dict[str, Any]], bool] = lambda _environ: False
        self._server = server
        self._lock = threading.Lock()
        self._times: dict[str, dict[bool, deque[float]]] = {}
        self._faults: Counter[str] = Counter()
        self._waiting: dict[str, float] = {}
        self._welcome = server._handle_eio_connect
        self._admit = server._handle_connect
        self._let_go = server._handle_disconnect
        self._answer = server._handle_event
        server._handle_connect = self._connect
        server._handle_disconnect = self._leave
        server._handle_event = self._event
        self._handle = server._handle_eio_message
        self._forget = server._handle_eio_disconnect
        server.eio.on("connect", self._handshake)
        server.eio.on("message", self._message)
        server.eio.on("disconnect", self._disconnect)
        server.on("*", self._unknown)

    def hang_up(self, engine_sid: str) -> None:
        """Cut a client's line now, whatever it is waiting for."""
        client = self._server.eio.sockets.get(engine_sid)
        if client is not None:
            client.close(wait=False, abort=False, reason=self._server.reason.SERVER_DISCONNECT)

    def _handshake(self, engine_sid: str, environ: dict[str, Any]) -> bool | None:
        """Refuse a line to who is neither signed in nor a room screen: each line holds a thread."""
        self._cut_who_waits()
        if not self.knows(environ):
            self.refused["nobody"] += 1
            return False
        with self._lock:
            self._waiting[engine_sid] = time.monotonic()
        self._welcome(engine_sid, environ)
        return None

    def _cut_who_waits(self) -> None:
        oldest = time.monotonic() - WAITING_SECONDS
        with self._lock:
            late = [engine_sid for engine_sid, since in self._waiting.items() if since < oldest]
        for engine_sid in late:
            self._refuse(engine_sid, "no_day", cut=True)

    def _connect(self, engine_sid: str, namespace: str | None, auth: Any) -> None:
        """A line asks for its day once; a second answer would hide the first from whoever hangs up."""
        if self._server.manager.sid_from_eio_sid(engine_sid, namespace or "/") is not None:
            self._refuse(engine_sid, "asked_twice", cut=True)
            return
        self._admit(engine_sid, namespace, auth)
        if self._server.manager.sid_from_eio_sid(engine_sid, namespace or "/") is None:
            self._refuse(engine_sid, "no_right")
            return
        with self._lock:
            self._waiting.pop(engine_sid, None)

    def _leave(self, engine_sid: str, namespace: str | None, reason: Any = None) -> None:
        """Who leaves the day leaves the line."""
        self._let_go(engine_sid, namespace, reason)
        self.hang_up(engine_sid)

    def _event(self, engine_sid: str, namespace: str | None, number: int | None, data: Any) -> None:
        if not isinstance(data[0], str) or data[0] in RESERVED:
            self._refuse(engine_sid, "reserved_event", cut=True)
            return
        self._answer(engine_sid, namespace, number, data)

    def _message(self, engine_sid: str, data: Any) -> None:
        if self._is_flood(engine_sid, is_notes=isinstance(data, str) and NOTES in data[:16]):
            self._refuse(engine_sid, "flood", cut=True)
            return
        try:
            self._handle(engine_sid, data)
        except (ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError):
            self._refuse(engine_sid, "malformed", cut=True)
        except Exception:
            self.hang_up(
                engine_sid
            )  # a fault of the server: the page comes back by itself, and is let in anew
            raise

    def _disconnect(self, engine_sid: str, reason: str) -> None:
        with self._lock:
            self._times.pop(engine_sid, None)
            self._faults.pop(engine_sid, None)
            self._waiting.pop(engine_sid, None)
        self._forget(engine_sid, reason)

    def _unknown(self, event: str, sid: str, *_data: Any) -> None:
        self._refuse(self._server.manager.eio_sid_from_sid(sid, "/"), "unknown_event")

    def count(self, engine_sid: str, why: str) -> None:
        """Note a message that no honest page sends; the line is cut after some of them."""
        self._refuse(engine_sid, why)

    def _is_flood(self, engine_sid: str, *, is_notes: bool) -> bool:
        now = time.monotonic()
        with self._lock:
            times = self._times.setdefault(engine_sid, {}).setdefault(is_notes, deque())
            times.append(now)
            while times and now - times[0] > WINDOW_SECONDS:
                times.popleft()
            return len(times) > (NOTES_A_MINUTE if is_notes else MESSAGES_A_MINUTE)

    def _refuse(self, engine_sid: str | None, why: str, *, cut: bool = False) -> None:
        self.refused[why] += 1
        if engine_sid is None:
            return
        with self._lock:
            self._faults[engine_sid] += 1
            is_enough = cut or self._faults[engine_sid] > REFUSALS_BORNE
        if is_enough:
            log.warning("socket_cut", why=why)
            self.hang_up(engine_sid)
