"""The floor of a page and of a form: `python -m tests.bench.bare_page PORT FILE` serves one route with one
template, which also takes a text and keeps it in one row, written through on each commit.

The same server in the same settings, in a process of its own; the browser sends it the same cookie.
"""

import sys
from typing import Any

from flask import Flask, render_template, request
from sqlalchemy import Text, create_engine, event
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

from commission_app.serve.gthread import SETTINGS, Server


class Base(DeclarativeBase):
    """Its one table."""


class Kept(Base):
    """What was typed last."""

    __tablename__ = "kept"

    id: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str] = mapped_column(Text)


def build(path: str) -> Flask:
    """What Flask itself takes for a page, and what it and SQLAlchemy take for a text that is kept."""
    app = Flask("bare", template_folder=f"{__file__.rpartition('/')[0]}/templates")
    engine = create_engine(f"sqlite:///{path}")

    @event.listens_for(engine, "connect")
    def write_through(connection: Any, _record: Any) -> None:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")

    Base.metadata.create_all(engine)
    with Session(engine) as session:
        session.add(Kept(id=1, text=""))
        session.commit()

    @app.route("/", methods=["GET", "POST"])
    def page() -> str:
        if request.method == "POST":
            with Session(engine) as session:
                session.get_one(Kept, 1).text = request.form["text"]
                session.commit()
        return render_template("hello.html", name="Arles")

    return app


if __name__ == "__main__":
    Server(build(sys.argv[2]), {"bind": f"127.0.0.1:{sys.argv[1]}", **SETTINGS}).run()
