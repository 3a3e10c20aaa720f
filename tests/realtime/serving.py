"""One server process on settings from the environment: `python -m tests.realtime.serving PORT`."""

import sys

from commission_app import create_app
from commission_app.core.config import Config
from commission_app.serve.gthread import serve

if __name__ == "__main__":
    app = create_app(Config.from_env())
    serve(app, "127.0.0.1", int(sys.argv[1]), lambda: print("ready", flush=True))
