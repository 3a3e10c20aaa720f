"""The one place of the lines. No line holds a thread: one thread listens to all of them (`switchboard.py`),
and whoever has something to say writes.

engine.io hands each packet to a queue and a writer thread for each client, simple-websocket reads in one
more, the request holds a third: hundreds that hang up and come back in the same second are thousands of
threads that ask for one interpreter, and an act of the facilitator is one among them. Here the thread that
broadcasts writes the ready frame itself, without ever waiting: what a slow client's socket does not take at
once is kept, with everything after it, and a thread is started that writes it and ends. The order of a
client's messages is that in which they were sent; what it says is answered in its order.

It leans on private names of python-engineio and simple-websocket, pinned by the lock file and checked by
tests/realtime/test_transport.py. Where the system has no non-blocking send, such threads carry everything;
under a server that does not give its sockets away (Werkzeug), the thread of the request listens.
"""

import logging
import queue
import socket
import threading
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from engineio import packet as engine_packet
from engineio.async_drivers.threading import SimpleWebSocketWSGI
from engineio.exceptions import SocketIsClosedError, UnknownPacketError
from engineio.packet import Packet
from simple_websocket import Server
from wsproto.utilities import ProtocolError

from commission_app.realtime.pulse import Pulse
from commission_app.realtime.switchboard import Switchboard
from commission_app.realtime.turnstile import PASSING
from commission_app.realtime.wire import NOW, Wire, frame_of

MAX_MESSAGE_BYTES = 64 * 1024
AT_ONCE = 1 << 14
PROBING_SECONDS = 20.0
#: What a client may have said that is not answered yet; an honest page is far below.
MOST_UNANSWERED = 400
CONNECT = "40"

log = logging.getLogger("engineio")


class Outbox(queue.Queue[Packet | None]):
    """What is for one client: kept for the next poll of a client that polls, written at once on the line of
    one that has a line. Nothing (None) hangs up."""

    def __init__(self) -> None:
        super().__init__()
        self._line: Line | None = None
        self._attaching = threading.Lock()

    def put(self, item: Packet | None, block: bool = True, timeout: float | None = None) -> None:
        """Send, without waiting."""
        if self._line is None:
            with self._attaching:
                if self._line is None:
                    return super().put(item)
        return self._line.post(item)

    def attach(self, line: "Line") -> None:
        """Everything goes over a line from now on, what is kept first."""
        with self._attaching:
            with suppress(queue.Empty):
                while True:
                    line.post(self.get_nowait())
                    self.task_done()
            self._line = line


class Line(SimpleWebSocketWSGI):  # type: ignore[misc]
    """One client's websocket."""

    def __init__(self, handler: Callable[..., Any], server: Any) -> None:
        super().__init__(handler, server, max_message_size=MAX_MESSAGE_BYTES, thread_class=NoThread)
        self.client = handler.__self__  # type: ignore[attr-defined]
        self._order = threading.Lock()
        self._kept: deque[bytes] = deque()
        self._turn = threading.Lock()
        self._heard: deque[str | bytes | None] = deque()
        self._is_answering = False

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Any:
        """Take the websocket over; compression is never agreed to: it costs more than it saves."""
        environ.pop("HTTP_SEC_WEBSOCKET_EXTENSIONS", None)
        self.ws = Server(environ, **self.server_args)
        self.raw: socket.socket = self.ws.sock
        self.wire, self.ws.sock = Wire(self.raw), Answers(self)
        PASSING.leave()
        if self._is_open():
            self.client.queue.attach(self)
            self._listen()
        if self.ws.mode == "gunicorn":
            raise StopIteration()
        raise ConnectionError()

    def post(self, packet: Packet | None) -> None:
        """Send a packet without waiting, after all those posted before; None hangs up."""
        if packet is None:
            self.wire.hang_up()
        else:
            self.write(frame_of(packet))

    def write(self, ready: bytes) -> None:
        """Send a frame without waiting, after all those written before."""
        with self._order:
            if self._kept or not self.wire.try_send(ready):
                self._keep(ready)
            elif self.wire.has_rest:
                self._keep(b"")

    def hear(self, *, now: bool = False) -> bool:
        """Take what the client sent, waiting for it unless it must be there `now`; whether the line goes
        on. Whatever was sent, the thread that listens to everybody survives it."""
        try:
            chunk = self.raw.recv(AT_ONCE, NOW if now and NOW else 0)
            if chunk:
                self.ws.ws.receive_data(chunk)
                self.ws.connected = self.ws._handle_events()
            else:
                self.ws.connected = False
        except BlockingIOError:
            return True
        except (OSError, ProtocolError):
            self.ws.connected = False
        except Exception:
            log.exception("What a client sent could not be read.")
            self.ws.connected = False
        return bool(self.ws.connected)

    def take_heard(self, *, is_over: bool = False) -> bool:
        """Put what was heard after what is still to be answered, the end of all last; whether somebody must
        now be called who answers."""
        fresh, self.ws.input_buffer = self.ws.input_buffer, []
        with self._turn:
            self._heard.extend(fresh)
            if is_over:
                self._heard.append(None)
            is_called = bool(self._heard) and not self._is_answering
            self._is_answering = self._is_answering or is_called
            is_too_much = len(self._heard) > MOST_UNANSWERED
        if is_too_much:
            self.post(None)
        return is_called

    @property
    def is_at_the_door(self) -> bool:
        """Whether what is to be answered first is a coming or a going."""
        with self._turn:
            first = self._heard[0] if self._heard else ""
        return first is None or first[:2] == CONNECT

    def answer(self) -> None:
        """Answer everything that was heard, in its order; one thread at a time does it."""
        while True:
            with self._turn:
                if not self._heard:
                    self._is_answering = False
                    return
                message = self._heard.popleft()
            if message is None:
                self._end()
            elif not self.client.closed and not self._is_answered(message):
                self.post(None)

    def _is_open(self) -> bool:
        """Whether everything goes over this line from now on."""
        if self.client.connected and not self._is_taken_over():
            return False
        self.client.connected = self.client.upgraded = True
        return True

    def _listen(self) -> None:
        """Leave the line to the switchboard, or listen here where the server keeps its socket."""
        if self.ws.mode == "gunicorn":
            self.raw = self.wire.raw = socket.socket(fileno=self.raw.detach())
            self.client.server.switchboard.follow(self)
            return
        goes_on = True
        while goes_on:
            if self.take_heard():
                self.answer()
            goes_on = self.hear()
        self.take_heard(is_over=True)
        self.answer()

    def _end(self) -> None:
        """The client is gone, or was cut off; those who go at once go in turn."""
        with PASSING:
            self.client.close(wait=False, abort=True, reason=self.client.server.reason.TRANSPORT_CLOSE)
        self.client.server.sockets.pop(self.client.sid, None)
        self.wire.close()

    def _is_answered(self, message: str | bytes) -> bool:
        """Whether the conversation goes on after a message."""
        try:
            self.client.receive(Packet(encoded_packet=message))
        except UnknownPacketError:
            return True
        except (SocketIsClosedError, ValueError, IndexError):
            return False
        except Exception:
            log.exception("A message could not be answered.")
            return False
        return True

    def _is_taken_over(self) -> bool:
        """Whether a client that polls comes over to this line, by the three words of engine.io; meanwhile
        what is for it is kept."""
        client = self.client
        client.upgrading = True
        self.raw.settimeout(PROBING_SECONDS)
        try:
            probe = self._word()
            if probe is None or (probe.packet_type, probe.data) != (engine_packet.PING, "probe"):
                return False
            self.write(frame_of(Packet(engine_packet.PONG, data="probe")))
            client.queue.put(Packet(engine_packet.NOOP))  # ends the poll under way
            last = self._word()
            client.upgraded = last is not None and last.packet_type == engine_packet.UPGRADE
            return bool(client.upgraded)
        finally:
            self.raw.settimeout(None)
            client.upgrading = False

    def _word(self) -> Packet | None:
        while not self.ws.input_buffer and self.hear():
            continue
        return Packet(encoded_packet=self.ws.input_buffer.pop(0)) if self.ws.input_buffer else None

    def _keep(self, ready: bytes) -> None:
        self._kept.append(ready)
        if len(self._kept) == 1:
            threading.Thread(target=self._write_kept, name="slow line", daemon=True).start()

    def _write_kept(self) -> None:
        """Write what had to wait, as fast as the client takes it. What is written stays first until it is
        through, so that nothing overtakes it."""
        while True:
            with suppress(OSError):  # the line is cut: who listens cleans up
                self.wire.send(self._kept[0])
            with self._order:
                self._kept.popleft()
                if not self._kept:
                    return


class Answers:
    """Stands in for the socket inside simple-websocket: its own answers (close, pong) keep the order too, and
    wait for nobody."""

    def __init__(self, line: Line) -> None:
        self._line = line

    def send(self, ready: bytes) -> None:
        """Send a frame."""
        self._line.write(ready)


class NoThread:
    """Where simple-websocket would start a thread that reads."""

    name = ""

    def __init__(self, target: Callable[[], None]) -> None:
        """The line is listened to elsewhere."""

    def start(self) -> None:
        """Nothing to start."""


def install(engine: Any) -> Switchboard:
    """Give an engine.io server these lines, and return their switchboard; other servers of the process are
    left alone."""
    pulse, start = Pulse(engine.ping_interval), engine.start_background_task
    engine._async = {**engine._async, "websocket": Line, "queue": Outbox}
    engine.switchboard = switchboard = Switchboard()

    def send_packet(sid: str, packet: Packet) -> None:
        client = engine.sockets.get(sid)
        with suppress(SocketIsClosedError):
            if client is not None and client.check_ping_timeout():
                client.queue.put(packet)

    def start_background_task(target: Callable[..., Any], *values: Any, **named: Any) -> Any:
        if target.__name__ == "_send_ping":
            return pulse.expect(target.__self__)  # type: ignore[attr-defined]
        return start(target, *values, **named)

    engine.send_packet = send_packet
    engine.start_background_task = start_background_task
    return switchboard
