"""The floor of a page: `python -m tests.bench.bare_page PORT` serves one route with one template.

The same server in the same settings, in a process of its own; the browser sends it the same cookie.
"""

import sys

from flask import Flask, render_template

from commission_app.serve.gthread import SETTINGS, Server


def build() -> Flask:
    """What Flask itself takes for a page."""
    app = Flask("bare", template_folder=f"{__file__.rpartition('/')[0]}/templates")
    app.add_url_rule("/", view_func=lambda: render_template("hello.html", name="Arles"))
    return app


if __name__ == "__main__":
    Server(build(), {"bind": f"127.0.0.1:{sys.argv[1]}", **SETTINGS}).run()
