"""What clients must not do: floods, unknown events, messages that are none. The offender is cut off, others
go on."""

import threading
import time
from collections import Counter, deque
from typing import Any

import structlog

MESSAGES_A_MINUTE = 200
REFUSALS_BORNE = 20
WINDOW_SECONDS = 60.0

log = structlog.get_logger()


class Guard:
    """Stands before the handlers of a Socket.IO server and counts."""

    def __init__(self, server: Any) -> None:
        self.refused: Counter[str] = Counter()
        self._server = server
        self._lock = threading.Lock()
        self._times: dict[str, deque[float]] = {}
        self._faults: Counter[str] = Counter()
        self._handle = server._handle_eio_message
        self._forget = server._handle_eio_disconnect
        server.eio.on("message", self._message)
        server.eio.on("disconnect", self._disconnect)
        server.on("*", self._unknown)

    def hang_up(self, engine_sid: str) -> None:
        """Cut a client's line now, whatever it is waiting for."""
        client = self._server.eio.sockets.get(engine_sid)
        if client is not None:
            client.close(wait=False, abort=False, reason=self._server.reason.SERVER_DISCONNECT)

    def _message(self, engine_sid: str, data: Any) -> None:
        if self._is_flood(engine_sid):
            self._refuse(engine_sid, "flood", cut=True)
            return
        try:
            self._handle(engine_sid, data)
        except (ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError):
            self._refuse(engine_sid, "malformed", cut=True)

    def _disconnect(self, engine_sid: str, reason: str) -> None:
        with self._lock:
            self._times.pop(engine_sid, None)
            self._faults.pop(engine_sid, None)
        self._forget(engine_sid, reason)

    def _unknown(self, event: str, sid: str, *_data: Any) -> None:
        self._refuse(self._server.manager.eio_sid_from_sid(sid, "/"), "unknown_event")

    def _is_flood(self, engine_sid: str) -> bool:
        now = time.monotonic()
        with self._lock:
            times = self._times.setdefault(engine_sid, deque())
            times.append(now)
            while times and now - times[0] > WINDOW_SECONDS:
                times.popleft()
            return len(times) > MESSAGES_A_MINUTE

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
