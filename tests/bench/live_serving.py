"""One server process on given settings: `python -m tests.bench.live_serving PORT`. Each answer says in a
header when the database said yes to its own request (the machine's monotonic clock)."""

import sys
import time

from flask import Flask, Response, g, has_request_context

from commission_app import create_app
from commission_app.core import db as database
from commission_app.core.config import Config
from commission_app.serve.gthread import serve


def note(_happened: list[str]) -> None:
    """Remember the instant of the commit, before anything follows it."""
    if has_request_context():
        g.committed_at = time.monotonic()


def tell(response: Response) -> Response:
    """Give the instant to who asked."""
    response.headers["Committed-At"] = repr(g.get("committed_at", 0.0))
    return response


def build() -> Flask:
    """The application with its settings from the environment."""
    app = create_app(Config.from_env())
    database._listeners.insert(0, note)
    app.after_request(tell)
    return app


if __name__ == "__main__":
    serve(build(), "127.0.0.1", int(sys.argv[1]), lambda: print("ready", flush=True))
