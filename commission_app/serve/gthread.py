"""gunicorn in threads, one worker process: pages and sockets live together."""

import os
import resource
from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

from flask import Flask
from gunicorn.app.base import BaseApplication
from gunicorn.workers.gthread import TConn, ThreadWorker

from commission_app.core.garbage import spare_what_stays
from commission_app.core.logs import watch_process
from commission_app.core.outbox import start_worker

SETTINGS = {
    "workers": 1,
    "worker_class": "commission_app.serve.gthread.Worker",
    "threads": 1600,  # at most, each started when needed: a page that may not open a websocket holds one
    "worker_connections": 3000,
    "backlog": 2048,
    "keepalive": 30,
    "timeout": 0,
    "graceful_timeout": 3,  # a socket never ends by itself: requests under way have this long
    "loglevel": "error",
    "control_socket_disable": True,
}


class Worker(ThreadWorker):  # type: ignore[misc]
    """gunicorn's own, but for the end of a connection: its one thread that listens for requests does not wait
    until a client has hung up, and a socket that the live day has taken over is left to it."""

    def handle(self, conn: TConn) -> Any:
        """Answer a request; the thread that answered sees the client off."""
        goes_on = super().handle(conn)
        if goes_on is False and not is_taken_over(conn):
            conn.close(graceful=True)
        return goes_on

    def finish_request(self, conn: TConn, future: Any) -> None:
        """A connection that is closed or was taken over is no longer counted."""
        if is_taken_over(conn):
            self.nr_conns -= 1
        else:
            super().finish_request(conn, future)


def is_taken_over(conn: TConn) -> bool:
    """Whether a connection has no socket any more."""
    return bool(conn.sock.fileno() < 0)


class Server(BaseApplication):  # type: ignore[misc]  # gunicorn has no types
    """The application, already built, under gunicorn."""

    def __init__(self, app: Flask, settings: dict[str, Any]) -> None:
        self.app = app
        self.chosen = settings
        super().__init__()

    def load_config(self) -> None:
        """Take the settings from here, never from the command line or a file."""
        for name, value in self.chosen.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        """The application, which lives as long as the server."""
        spare_what_stays()
        return self.app


def serve(app: Flask, host: str, port: int, ready: Callable[[], None]) -> None:
    """Serve until SIGTERM or Ctrl-C, the worker loop beside; `ready` is called once the address answers."""
    closing = ExitStack()

    def when_ready(_server: Any) -> None:
        ready()

    def post_worker_init(_worker: Any) -> None:
        watch_process()
        closing.callback(start_worker(app))

    def worker_exit(_server: Any, _worker: Any) -> None:
        closing.close()

    hooks = {"when_ready": when_ready, "post_worker_init": post_worker_init, "worker_exit": worker_exit}
    os.environ.pop("GUNICORN_CMD_ARGS", None)
    raise_open_files()
    Server(app, {"bind": f"{host}:{port}", **SETTINGS, **hooks}).run()


def raise_open_files() -> None:
    """As many open files as the system allows: the usual 1,024 would end with the thousandth socket."""
    _soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
