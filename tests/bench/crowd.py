"""Hundreds of open sockets read by one bare loop, in a process of its own: `python -m tests.bench.crowd`.

It shares neither the interpreter of the server nor that of the bench, does nothing with what it reads but
count bytes, and reads the frames of the product and those of a floor with the same lines. One JSON command a
line on its standard input, one JSON answer a line on its standard output.
"""

import json
import os
import select
import socket
import sys
import time
from typing import Any

from tests.bench.sockets import follow, follow_bare, masked

PONG = masked("3")
SHORT = 126
AT_ONCE = 1 << 16
QUIET_SECONDS = 0.25
PATIENCE_SECONDS = 30.0


class Group:
    """Sockets that are sent the same messages."""

    def __init__(self) -> None:
        self.sockets: dict[int, socket.socket] = {}
        self._epoll = select.epoll()

    def add(self, one: socket.socket) -> None:
        """Read this one too."""
        one.setblocking(False)
        self.sockets[one.fileno()] = one
        self._epoll.register(one, select.EPOLLIN)

    def drain(self) -> dict[str, Any]:
        """Throw away what comes until nothing came for a while; the server's pings are answered."""
        while ready := self._epoll.poll(QUIET_SECONDS):
            for number, _what in ready:
                self._ponged(number, os.read(number, AT_ONCE))
        return {}

    def wait(self) -> dict[str, Any]:
        """Until every socket has had one whole message: the instants (monotonic) of the first and of the
        last."""
        missing = dict.fromkeys(self.sockets, 0)
        until, first, sample = time.monotonic() + PATIENCE_SECONDS, 0.0, b""
        size = 0
        while missing:
            for number, _what in self._epoll.poll(max(0.0, until - time.monotonic())):
                chunk = os.read(number, AT_ONCE)
                left = missing.get(number)
                if left is None or (not left and self._ponged(number, chunk)):
                    continue
                if not left:
                    size = left = _length(chunk)
                    sample, first = chunk, first or time.monotonic()
                left -= len(chunk)
                if left <= 0:
                    del missing[number]
                else:
                    missing[number] = left
            assert time.monotonic() < until, f"{len(missing)} sockets wait"
        return {
            "first": first,
            "last": time.monotonic(),
            "size": size,
            "sample": sample.decode(errors="ignore"),
        }

    def _ponged(self, number: int, chunk: bytes) -> bool:
        if len(chunk) == 3 and chunk == b"\x81\x012":
            self.sockets[number].send(PONG)
        return len(chunk) < SHORT


def _length(chunk: bytes) -> int:
    """The bytes of a whole frame, by its head; the messages that are counted are longer than a ping."""
    short = chunk[1]
    if short < SHORT:
        return 2 + short
    if short == SHORT:
        return 4 + int.from_bytes(chunk[2:4], "big")
    return 10 + int.from_bytes(chunk[2:10], "big")


class Crowd:
    """Answers to the commands."""

    def __init__(self) -> None:
        self._groups: dict[str, Group] = {}

    def follow(self, group: str, port: int, cookies: list[str], day: str) -> dict[str, Any]:
        """Follow a day as browsers do."""
        return self._open(group, [follow(port, cookie, day) for cookie in cookies])

    def follow_bare(self, group: str, port: int, count: int) -> dict[str, Any]:
        """Connect to a Socket.IO server that asks for nothing."""
        return self._open(group, [follow_bare(port) for _ in range(count)])

    def plain(self, group: str, port: int, count: int) -> dict[str, Any]:
        """Connect to the raw writer."""
        return self._open(group, [socket.create_connection(("127.0.0.1", port)) for _ in range(count)])

    def drain(self, group: str) -> dict[str, Any]:
        """Let everything come that was on its way."""
        return self._groups[group].drain()

    def wait(self, group: str) -> dict[str, Any]:
        """Watch for one message; the line before the answer says that the watch has begun."""
        print(json.dumps({"watching": group}), flush=True)
        return self._groups[group].wait()

    def absorb(self, group: str) -> dict[str, Any]:
        """Read what comes, for as long as the process lives."""
        while True:
            self._groups[group].drain()

    def _open(self, name: str, opened: list[socket.socket]) -> dict[str, Any]:
        group = self._groups.setdefault(name, Group())
        for one in opened:
            group.add(one)
        return {"open": len(group.sockets)}


def main() -> None:
    """One command a line."""
    crowd = Crowd()
    for line in sys.stdin:
        command = json.loads(line)
        print(json.dumps(getattr(crowd, command.pop("do"))(**command)), flush=True)


if __name__ == "__main__":
    main()
