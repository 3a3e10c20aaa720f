"""One server process on given settings: `python -m tests.realtime.serving PORT`. The first commit listener
notes when the database said yes, so that a bench can start its watch there."""

import sys
import time

from flask import Flask, Response

from commission_app import create_app
from commission_app.core import db as database
from commission_app.core.config import Config
from commission_app.serve.gthread import serve

_committed_at = [0.0]


def note(_happened: list[str]) -> None:
    """Remember the instant of the last commit (the machine's monotonic clock)."""
    _committed_at[0] = time.monotonic()


def tell(response: Response) -> Response:
    """Give the instant to who asked."""
    response.headers["Committed-At"] = repr(_committed_at[0])
    return response


def build() -> Flask:
    """The application with its settings from the environment."""
    app = create_app(Config.from_env())
    database._listeners.insert(0, note)
    app.after_request(tell)
    return app


if __name__ == "__main__":
    serve(build(), "127.0.0.1", int(sys.argv[1]), lambda: print("ready", flush=True))
