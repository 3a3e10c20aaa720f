"""A small real proxy in front of servers: it holds each answer back until it is whole, keeps a browser at one
server by a cookie or does not, lets WebSockets through, refuses them, or swallows them."""

import contextlib
import re
import socket
import socketserver
import threading
from collections.abc import Sequence
from itertools import count

LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
UPGRADE = re.compile(rb"\r\nupgrade: *websocket", re.IGNORECASE)
CONNECTION = re.compile(rb"\r\nconnection: [^\r]*", re.IGNORECASE)
ROUTE = re.compile(rb"\r\ncookie: [^\r]*\broute=(\d)", re.IGNORECASE)
REFUSED = b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"


class Proxy(socketserver.ThreadingTCPServer):
    """One address for several servers; `websockets` is "pass", "refuse" or "swallow"."""

    daemon_threads = True
    request_queue_size = 64

    def __init__(self, ports: Sequence[int], *, is_sticky: bool, websockets: str) -> None:
        super().__init__(("127.0.0.1", 0), _Passage)
        self.ports, self.is_sticky, self.websockets = ports, is_sticky, websockets
        self.url = f"http://127.0.0.1:{self.server_address[1]}"
        self.used: set[int] = set()
        self._turn = count()
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def stop(self) -> None:
        """Listen no more."""
        self.shutdown()
        self.server_close()

    def route_of(self, head: bytes) -> int:
        """Which server answers: the one of the cookie, else the next one."""
        kept = ROUTE.search(head) if self.is_sticky else None
        route = int(kept[1]) if kept else next(self._turn) % len(self.ports)
        self.used.add(route)
        return route


class _Passage(socketserver.BaseRequestHandler):
    server: Proxy

    def handle(self) -> None:
        with contextlib.suppress(OSError):
            self._pass_on(*_request(self.request))

    def _pass_on(self, head: bytes, body: bytes) -> None:
        if not head:
            return
        is_upgrade = UPGRADE.search(head) is not None
        if is_upgrade and self.server.websockets == "refuse":
            self.request.sendall(REFUSED)
        elif is_upgrade and self.server.websockets == "swallow":
            self.request.recv(1)  # nothing, until the browser gives up
        else:
            self._ask(self.server.route_of(head), head, body, is_upgrade=is_upgrade)

    def _ask(self, route: int, head: bytes, body: bytes, *, is_upgrade: bool) -> None:
        with socket.create_connection(("127.0.0.1", self.server.ports[route])) as there:
            if is_upgrade:
                there.sendall(head + body)
                _join(self.request, there)
                return
            there.sendall(CONNECTION.sub(b"\r\nConnection: close", head) + body)
            answer = b"".join(iter(lambda: there.recv(65536), b""))
        first, _, rest = answer.partition(b"\r\n")
        if self.server.is_sticky:
            first += b"\r\nSet-Cookie: route=%d; Path=/; HttpOnly; SameSite=Lax" % route
        self.request.sendall(first + b"\r\n" + rest)


def _request(here: socket.socket) -> tuple[bytes, bytes]:
    received = b""
    while b"\r\n\r\n" not in received:
        if not (more := here.recv(65536)):
            return b"", b""
        received += more
    head, _, body = received.partition(b"\r\n\r\n")
    found = LENGTH.search(head)
    while len(body) < int(found[1] if found else 0):
        body += here.recv(65536)
    return head + b"\r\n\r\n", body


def _join(here: socket.socket, there: socket.socket) -> None:
    back = threading.Thread(target=_copy, args=(there, here), daemon=True)
    back.start()
    _copy(here, there)
    back.join()


def _copy(one: socket.socket, other: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while more := one.recv(65536):
            other.sendall(more)
    for end in (one, other):
        with contextlib.suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)
