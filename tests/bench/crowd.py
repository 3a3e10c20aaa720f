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

PING = b"\x81\x012"
PONG = masked("3")
SHORT = 126
AT_ONCE = 1 << 16
QUIET_SECONDS = 0.25
PATIENCE_SECONDS = 30.0


class Follower:
    """One socket and where in a frame its bytes stand."""

    def __init__(self, one: socket.socket) -> None:
        self.socket = one
        self._left = 0
        self._is_message = False
        self._head = b""

    def read(self) -> tuple[int, bytes]:
        """Read what is there: how many whole messages ended in it, and the bytes. The server's pings are
        answered; they are no messages."""
        chunk = os.read(self.socket.fileno(), AT_ONCE)
        assert chunk, "the server hung up on a reader"
        if self._left > len(chunk):
            self._left -= len(chunk)
            return 0, chunk
        return self._frames(chunk), chunk

    def _frames(self, chunk: bytes) -> int:
        ended, place = int(self._is_message and self._left > 0), self._left
        rest = self._head + chunk[place:]
        while (size := _length(rest)) is not None and size <= len(rest):
            ended += self._whole(rest[:size])
            rest = rest[size:]
        self._is_message = size is not None and size > SHORT
        self._left, self._head = (size - len(rest), b"") if size is not None and rest else (0, rest)
        return ended

    def _whole(self, one: bytes) -> int:
        if one == PING:
            self.socket.send(PONG)
        return int(len(one) > SHORT)


class Group:
    """Sockets that are sent the same messages."""

    def __init__(self) -> None:
        self.followers: dict[int, Follower] = {}
        self._epoll = select.epoll()

    def add(self, one: socket.socket) -> None:
        """Read this one too."""
        one.setblocking(False)
        self.followers[one.fileno()] = Follower(one)
        self._epoll.register(one, select.EPOLLIN)

    def drain(self) -> dict[str, Any]:
        """Throw away what comes until nothing came for a while."""
        while ready := self._epoll.poll(QUIET_SECONDS):
            for number, _what in ready:
                self.followers[number].read()
        return {}

    def wait(self) -> dict[str, Any]:
        """Until every socket has had one whole message: the instants (monotonic) of the first and of the
        last."""
        missing = set(self.followers)
        until, first, sample = time.monotonic() + PATIENCE_SECONDS, 0.0, b""
        while missing:
            for number, _what in self._epoll.poll(max(0.0, until - time.monotonic())):
                ended, chunk = self.followers[number].read()
                if len(chunk) > SHORT and not first:
                    first, sample = time.monotonic(), chunk
                if ended:
                    missing.discard(number)
            assert time.monotonic() < until, f"{len(missing)} sockets wait"
        return {
            "first": first,
            "last": time.monotonic(),
            "size": _length(sample),
            "sample": sample.decode(errors="ignore"),
        }


def _length(rest: bytes) -> int | None:
    """The bytes of the whole frame that begins here, by its head; None when the head is not all there."""
    if len(rest) < 2:
        return None
    short = rest[1]
    if short < SHORT:
        return 2 + short
    if len(rest) < 10:
        return None
    return 4 + int.from_bytes(rest[2:4], "big") if short == SHORT else 10 + int.from_bytes(rest[2:10], "big")


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
        return {"open": len(group.followers)}


def main() -> None:
    """One command a line."""
    crowd = Crowd()
    for line in sys.stdin:
        command = json.loads(line)
        print(json.dumps(getattr(crowd, command.pop("do"))(**command)), flush=True)


if __name__ == "__main__":
    main()
