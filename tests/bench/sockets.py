"""Many sockets read by one thread: when did the last of them have everything?"""

import base64
import os
import selectors
import socket
import time
from collections.abc import Callable


class Crowd:
    """Open sockets; each expects one message at a time."""

    def __init__(self) -> None:
        self.sockets: list[socket.socket] = []
        self._selector = selectors.DefaultSelector()

    def add(self, one: socket.socket) -> None:
        """Read this one too."""
        one.setblocking(False)
        self.sockets.append(one)
        self._selector.register(one, selectors.EVENT_READ)

    def drain(self, quiet: float = 0.3) -> None:
        """Throw away what comes until nothing came for a while."""
        while ready := self._selector.select(quiet):
            for key, _mask in ready:
                _ = key.fileobj.recv(1 << 20)  # type: ignore[union-attr]

    def last_has(self, is_whole: Callable[[bytearray], bool], patience: float = 20.0) -> tuple[float, int]:
        """The instant (monotonic) at which the last socket had a whole message, and the bytes each
        received."""
        missing = {one: bytearray() for one in self.sockets}
        until = time.monotonic() + patience
        size = 0
        while missing:
            for key, _mask in self._selector.select(max(0.0, until - time.monotonic())):
                one = key.fileobj
                if one not in missing:
                    continue
                missing[one] += one.recv(1 << 20)  # type: ignore[union-attr,index]
                if is_whole(missing[one]):  # type: ignore[index]
                    size = len(missing.pop(one))  # type: ignore[arg-type]
            assert time.monotonic() < until, f"{len(missing)} sockets wait"
        return time.monotonic(), size

    def close(self) -> None:
        """Hang up all."""
        for one in self.sockets:
            one.close()


def follow(port: int, cookie: str, session_id: str) -> socket.socket:
    """A socket that follows a day as a browser does, websocket from the start."""
    one = socket.create_connection(("127.0.0.1", port))
    key = base64.b64encode(os.urandom(16)).decode()
    lines = [
        "GET /socket.io/?EIO=4&transport=websocket HTTP/1.1",
        f"Host: 127.0.0.1:{port}",
        f"Origin: http://127.0.0.1:{port}",
        f"Cookie: session={cookie}",
        "Upgrade: websocket",
        "Connection: Upgrade",
        "Sec-WebSocket-Version: 13",
        f"Sec-WebSocket-Key: {key}",
        "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits",
    ]
    one.sendall(("\r\n".join(lines) + "\r\n\r\n").encode())
    _read_until(one, b"pingInterval")
    one.sendall(masked(f'40{{"session":"{session_id}"}}'))
    _read_until(one, b'"sid"')
    return one


def masked(text: str) -> bytes:
    """A short message of a client: every one is masked, here with zeros."""
    body = text.encode()
    assert len(body) < 126
    return bytes((0x81, 0x80 | len(body), 0, 0, 0, 0)) + body


def _read_until(one: socket.socket, word: bytes) -> None:
    seen = b""
    while word not in seen:
        more = one.recv(65536)
        assert more, seen
        seen += more
