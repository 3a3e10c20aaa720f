"""The one place of the send path: a broadcast is framed once and written straight to each websocket.

engine.io hands each packet to a queue and a writer thread for each client; with many clients almost all of
the time goes there. Here the thread that broadcasts writes the ready frame itself, without ever waiting:
what a slow client's socket does not take at once goes to that client's queue, and so does everything after
it until it has caught up. The order of a client's messages is that in which they were sent.

It leans on private names of python-engineio and simple-websocket, pinned by the lock file and checked by
tests/realtime/test_transport.py. Where the system has no non-blocking send, the queue carries everything.
"""

import socket
import struct
import threading
from collections.abc import Callable
from typing import Any, cast

from engineio import packet as engine_packet
from engineio.async_drivers.threading import SimpleWebSocketWSGI
from engineio.packet import Packet
from simple_websocket import ConnectionClosed, Server

from commission_app.realtime.turnstile import PASSING

MAX_MESSAGE_BYTES = 64 * 1024
LOOK_AGAIN_SECONDS = 5.0
_NOW = getattr(socket, "MSG_DONTWAIT", None)
_TEXT, _BINARY = 0x81, 0x82


def frame(message: str | bytes) -> bytes:
    """A whole websocket message from the server, in one unmasked frame."""
    body = message.encode() if isinstance(message, str) else bytes(message)
    kind, length = (_TEXT if isinstance(message, str) else _BINARY), len(body)
    if length < 126:
        return bytes((kind, length)) + body
    if length < 65536:
        return struct.pack(">BBH", kind, 126, length) + body
    return struct.pack(">BBQ", kind, 127, length) + body


def frame_of(packet: Packet) -> bytes:
    """The frame of a packet, made once however many clients receive it."""
    made: bytes | None = getattr(packet, "ready_frame", None)
    if made is None:
        made = frame(packet.encode())
        packet.ready_frame = made
    return made


class Wire:
    """A client's socket on which whole frames follow each other, whoever writes.

    It stands in for the socket inside simple-websocket: its own answers (close, pong) pass here too.
    """

    def __init__(self, raw: socket.socket) -> None:
        self._raw = raw
        self._lock = threading.Lock()
        self._rest = b""

    def send(self, data: bytes) -> None:
        """Write all of it, waiting as long as the client needs."""
        with self._lock:
            self._raw.sendall(self._rest + data)
            self._rest = b""

    def try_send(self, data: bytes) -> bool:
        """Write what the socket takes at once; False when nothing was begun. A rest goes before all that
        follows. A socket that is gone takes everything: the reader thread notices and cleans up."""
        if _NOW is None or not self._lock.acquire(False):
            return False
        try:
            if self._rest:
                return False
            written = self._raw.send(data, _NOW)
            if written < len(data):
                self._rest = data[written:]
            return True
        except BlockingIOError:
            return False
        except OSError:
            return True
        finally:
            self._lock.release()

    @property
    def has_rest(self) -> bool:
        """Whether a frame was written in part."""
        return bool(self._rest)

    def recv(self, size: int) -> bytes:
        """Read what came."""
        return self._raw.recv(size)

    def close(self) -> None:
        """Hang up."""
        self._raw.close()


class Waiting(str):
    """A message that took the queue: the writer thread writes its ready frame."""

    __slots__ = ("ready",)

    ready: bytes

    @classmethod
    def of(cls, ready: bytes) -> "Waiting":
        """Wrap a frame (empty: only flush what was written in part)."""
        made = cls()
        made.ready = ready
        return made


class WaitingPacket(Packet):  # type: ignore[misc]
    """A packet that is framed already."""

    def __init__(self, ready: bytes) -> None:
        super().__init__(engine_packet.MESSAGE, "")
        self.encode_cache = Waiting.of(ready)

    def encode(self, b64: bool = False) -> str:
        """The frame, as the writer thread hands it back to the line."""
        return cast(str, self.encode_cache)


class Line(SimpleWebSocketWSGI):  # type: ignore[misc]
    """One client's websocket: the fast way for broadcasts, the queue for the rest."""

    def __init__(self, handler: Callable[..., Any], server: Any) -> None:
        super().__init__(handler, server, max_message_size=MAX_MESSAGE_BYTES)
        self.engine = handler.__self__  # type: ignore[attr-defined]
        self.order = threading.Lock()
        self.queued = 0
        self.settled = False

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Any:
        """Take the websocket over; compression is never agreed to: it costs more than it saves."""
        environ.pop("HTTP_SEC_WEBSOCKET_EXTENSIONS", None)
        with PASSING:
            self.ws = Server(environ, **self.server_args)
        self.ws.sock = Wire(self.ws.sock)
        self.engine.line = self
        answer = self.app(self)
        if self.ws.mode == "gunicorn":
            raise StopIteration()
        if self.ws.mode == "werkzeug":
            raise ConnectionError()
        return answer

    @property
    def wire(self) -> Wire:
        """The socket."""
        return cast(Wire, self.ws.sock)

    def post(self, packet: Packet) -> None:
        """Send a message without waiting, after all those posted before."""
        ready = frame_of(packet)
        with self.order:
            wire = self.ws.sock
            if self.queued or not self.settled or not self.ws.connected or not wire.try_send(ready):
                self.settled = True
                self._queue(ready)
            elif wire.has_rest:
                self._queue(b"")

    def send(self, message: str | bytes) -> None:
        """Write one message of the queue; called by this client's writer thread alone."""
        if not self.ws.connected:
            raise OSError
        if not isinstance(message, Waiting):
            self.wire.send(frame(message))
            return
        self.wire.send(message.ready)
        with self.order:
            self.queued -= 1

    def wait(self) -> str | bytes | None:
        """The next message of the client; None once the line is closed.

        simple-websocket may wake its reader just before it says that the line is closed: look again from
        time to time.
        """
        try:
            while True:
                message = cast("str | bytes | None", self.ws.receive(timeout=LOOK_AGAIN_SECONDS))
                if message is not None or not self.ws.connected:
                    return message
        except ConnectionClosed:
            return None

    def _queue(self, ready: bytes) -> None:
        self.queued += 1
        self.engine.queue.put(WaitingPacket(ready))


def install(engine: Any) -> None:
    """Give an engine.io server this send path; other servers of the process are left alone."""
    stock = engine.send_packet
    engine._async = {**engine._async, "websocket": Line}

    def send_packet(sid: str, packet: Packet) -> None:
        client = engine.sockets.get(sid)
        line: Line | None = getattr(client, "line", None)
        if line is None or packet.packet_type != engine_packet.MESSAGE or client.upgrading:
            stock(sid, packet)
        elif not client.closed and client.check_ping_timeout():
            line.post(packet)

    engine.send_packet = send_packet
