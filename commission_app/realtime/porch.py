"""Who asks for a line is let in by the doorkeepers: the server's threads go on to other requests at once,
however many come back together."""

import socket
from collections.abc import Iterable
from concurrent.futures import Executor
from contextlib import closing, suppress
from typing import Any

import structlog

from commission_app.realtime.turnstile import LINES, PASSING

SOCKET = "gunicorn.socket"

log = structlog.get_logger()


class Porch:
    """Stands before the application. A server that keeps its sockets (Werkzeug) lets in by the thread of the
    request; so does a client that polls and comes over to a line, for that takes three words."""

    def __init__(self, inner: Any, doorkeepers: Executor) -> None:
        self._inner = inner
        self._doorkeepers = doorkeepers

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """Answer, or leave the socket to the doorkeepers."""
        if "HTTP_UPGRADE" not in environ or not environ.get("PATH_INFO", "").startswith(LINES):
            return self._answered(environ, start_response)
        if SOCKET not in environ or "sid=" in environ.get("QUERY_STRING", ""):
            with PASSING:
                return self._answered(environ, start_response)
        own = socket.socket(fileno=environ[SOCKET].detach())
        self._doorkeepers.submit(self._let_in, {**environ, SOCKET: own}, own)
        raise StopIteration

    def _answered(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        answer: Iterable[bytes] = self._inner(environ, start_response)
        return answer

    def _let_in(self, environ: dict[str, Any], own: socket.socket) -> None:
        head: list[Any] = []
        try:
            with PASSING:
                body = b"".join(self._inner(environ, lambda *given: head.extend(given)))
        except StopIteration:
            return  # the line stands
        except Exception as error:
            log.error("door_broken", exc_info=error)
            head, body = ["500 INTERNAL SERVER ERROR", []], b""
        with closing(own), suppress(OSError):  # a client that is gone needs no answer
            own.sendall(_written(head[0], head[1], body))
            own.shutdown(socket.SHUT_RDWR)


def _written(status: str, headers: list[tuple[str, str]], body: bytes) -> bytes:
    lines = [f"HTTP/1.1 {status}", *(f"{name}: {value}" for name, value in headers)]
    return "\r\n".join([*lines, f"Content-Length: {len(body)}", "Connection: close", "", ""]).encode() + body
