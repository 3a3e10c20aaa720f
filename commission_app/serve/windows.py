"""Werkzeug's server, where gunicorn cannot run."""

from collections.abc import Callable

from flask import Flask

from commission_app.core.logs import watch_process
from commission_app.core.outbox import start_worker
from commission_app.realtime.server import server_of


def serve(app: Flask, host: str, port: int, ready: Callable[[], None]) -> None:
    """Serve until Ctrl-C."""
    watch_process()
    start_worker(app)
    ready()
    server_of(app).run(app, host=host, port=port, allow_unsafe_werkzeug=True)
