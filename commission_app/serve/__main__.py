"""`python -m commission_app.serve`: migrate, load the demo unless it is refused, serve until told to stop."""

import os
import sys
from functools import partial

from commission_app import create_app
from commission_app.core.config import Config, ConfigError
from commission_app.serve.first_start import announce, prepare
from commission_app.serve.options import read_options, settings


def main() -> None:
    """Start the server; a configuration that must not run is refused with its reasons."""
    options = read_options()
    try:
        app = create_app(Config.from_env(settings(options, os.environ)))
    except ConfigError as refused:
        sys.exit(str(refused))
    prepare(app, empty=options.empty)
    ready = partial(announce, app, options)
    if os.name == "nt":
        from commission_app.serve.windows import serve
    else:
        from commission_app.serve.gthread import serve
    serve(app, options.host, options.port, ready)


if __name__ == "__main__":
    main()
