"""A server process with a world in it: `python -m tests.bench.serving PORT FOLDER DOSSIERS`.

Once it answers, FOLDER/told.json holds the cookies of the coordinator and of the members, and the day to
come. Each answer says in a header how many statements it took.
"""

import json
import os
import sys
from pathlib import Path
from typing import Any

from flask import Flask, Response, g, has_request_context
from sqlalchemy import event, select

from commission_app import create_app
from commission_app.accounts.models import User
from commission_app.accounts.signin.services import open_login
from commission_app.core.config import Config
from commission_app.core.db import commit, db, upgrade
from commission_app.serve.gthread import serve
from commission_app.serve.options import read_options, settings
from tests.bench.world import fill


def build(port: str, folder: Path) -> Flask:
    """The application as `dev.py run --empty` has it; DATABASE_URL may name another database."""
    options = read_options(["--port", port, "--data", str(folder), "--empty"])
    app = create_app(Config.from_env(settings(options, {**os.environ, "MAIL_BACKEND": "memory"})))
    upgrade(app)
    return app


def count_statements(app: Flask) -> None:
    """Give the number of statements of each request to who asked, BEGIN included."""

    def note(*_what: Any) -> None:
        if has_request_context():
            g.statements = g.get("statements", 0) + 1

    def tell(response: Response) -> Response:
        response.headers["Statements"] = str(g.get("statements", 0))
        return response

    app.after_request(tell)
    with app.app_context():
        event.listen(db.engine, "before_cursor_execute", note)


def sign_in(app: Flask, user: User) -> str:
    """The cookie of a person who signed in a moment ago."""
    return sign_in_all(app, [user])[0]


def sign_in_all(app: Flask, people: list[User]) -> list[str]:
    """The cookies of people who signed in a moment ago, in one transaction."""
    tokens = [open_login(person, device="bench", hours=1) for person in people]
    commit()
    serializer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
    return [str(serializer.dumps({"_user_id": token, "_fresh": True})) for token in tokens]


def main() -> None:
    """Fill, then serve."""
    port, folder, count = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
    app = build(port, folder)
    with app.app_context():
        nora, day = fill(count)
        told = {"cookie": sign_in(app, nora), "day": str(day.id)}
        people = db.session.scalars(select(User).where(User.first_name.startswith("Membre"))).unique().all()
        told["members"] = " ".join([sign_in(app, person) for person in people])
        db.session.remove()
        db.engine.dispose()
    count_statements(app)
    serve(app, "127.0.0.1", int(port), lambda: tell_all(folder, told))


def tell_all(folder: Path, told: dict[str, str]) -> None:
    """Leave what the bench must know, whole or not at all."""
    written = folder / "told.tmp"
    written.write_text(json.dumps(told))
    written.rename(folder / "told.json")


if __name__ == "__main__":
    main()
