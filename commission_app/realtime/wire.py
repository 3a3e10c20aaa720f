"""A client's socket and the frames that go over it."""

import socket
import struct
import threading
from contextlib import suppress

from engineio.packet import Packet

NOW = getattr(socket, "MSG_DONTWAIT", None)
GOODBYE = b"\x88\x02\x03\xe8"
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
    """A client's socket on which whole frames follow each other, whoever writes."""

    def __init__(self, raw: socket.socket) -> None:
        self.raw = raw
        self._lock = threading.Lock()
        self._ending = threading.Lock()
        self._rest = b""

    def send(self, data: bytes) -> None:
        """Write all of it, waiting as long as the client needs."""
        with self._lock:
            self.raw.sendall(self._rest + data)
            self._rest = b""

    def try_send(self, data: bytes) -> bool:
        """Write what the socket takes at once; False when nothing was begun. A rest goes before all that
        follows. A socket that is gone takes everything: the reader thread notices and cleans up."""
        if NOW is None or not self._lock.acquire(False):
            return False
        try:
            if self._rest:
                return False
            written = self.raw.send(data, NOW)
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

    def hang_up(self) -> None:
        """Say goodbye if that takes no time, and cut the line: whoever reads or writes on it is woken."""
        self.try_send(GOODBYE)
        with self._ending, suppress(OSError):  # gone already
            self.raw.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """Give the socket back. Nobody may be about to use its number, which the next client may be given."""
        self.hang_up()
        with self._lock, self._ending:
            self.raw.close()
