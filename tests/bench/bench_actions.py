"""The board of actions: against a bare Flask page, and against itself with a hundred times the rows."""

import uuid
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import insert

from commission_app import create_app
from commission_app.accounts.models import Login, User
from commission_app.accounts.states import Role
from commission_app.core import clock
from commission_app.core.config import Config
from commission_app.core.db import db, upgrade
from commission_app.core.tokens import hashed, new_token
from commission_app.dossiers.models import Dossier
from commission_app.dossiers.states import DossierState
from commission_app.followup.models import Action
from commission_app.followup.states import ActionState
from commission_app.territories.models import Structure, Territory
from tests.bench.harness import Reading, Run, bench, interleaved
from tests.factories import make_structure, make_territory, make_user

FEW, MANY = 1_000, 100_000
AT_ONCE = 5_000
URL = "/actions"
STATES = tuple(ActionState)


@bench("page.actions", goal=8, unit="ms")
def page_actions(run: Run) -> Reading:
    """The board of a territory, server time."""
    return interleaved(asking(signed_in(filled(run.folder(), FEW)), URL), asking(bare(), "/"), run.rounds)


@bench("growth.actions", goal=1.2, unit="ms")
def growth_actions(run: Run) -> Reading:
    """The board with 100,000 dossiers, each with an action, against 1,000."""
    many, few = (signed_in(filled(run.folder(), count)) for count in (MANY, FEW))
    return interleaved(asking(many, URL), asking(few, URL), run.rounds)


def bare() -> FlaskClient:
    """What Flask itself takes for a page."""
    app = Flask("bare")
    app.add_url_rule("/", view_func=lambda: "<!doctype html><title>Rien</title>")
    return app.test_client()


def asking(client: FlaskClient, url: str) -> Callable[[], None]:
    """Ask for a page and see that it comes."""

    def ask() -> None:
        assert client.get(url).status_code == 200

    return ask


def filled(folder: Path, count: int) -> Flask:
    """An application with so many dossiers on one territory, an action for each."""
    config = Config(
        database_url=f"sqlite:///{folder}/bench.db",
        secret_key="bench-only-" + "k" * 40,
        data_dir=folder,
        mail_backend="memory",
        testing=True,
    )
    app = create_app(config)
    upgrade(app)
    with app.app_context():
        territory = make_territory()
        structure = make_structure("CCAS", territory)
        author = make_user("Nora", Role.COORDINATOR, territory, structure, email="nora@bench.invalid")
        for start in range(0, count, AT_ONCE):
            add_rows(territory, structure, author, range(start, min(start + AT_ONCE, count)))
        db.session.commit()
    return app


def add_rows(territory: Territory, structure: Structure, author: User, numbers: range) -> None:
    """A lot of dossiers and their actions, spread over two years."""
    today, now = clock.today(), clock.now()
    ids = {number: uuid.uuid4() for number in numbers}
    db.session.execute(
        insert(Dossier),
        [
            {
                "id": ids[number], "code": f"ARL-{number}", "year": 2026, "number": number,
                "territory_id": territory.id, "referent_id": author.id, "state": DossierState.FOLLOWED,
                "submitted_at": now,
            }
            for number in numbers
        ],
    )  # fmt: skip
    db.session.execute(
        insert(Action),
        [
            {
                "territory_id": territory.id, "structure_id": structure.id, "title": f"Action {number}",
                "search": f"action {number}", "due_on": today + timedelta(days=number % 700 - 350),
                "state": STATES[number % 4], "drop_reason": "x", "dossier_id": ids[number],
                "done_at": now - timedelta(days=number % 300) if number % 4 > 1 else None,
            }
            for number in numbers
        ],
    )  # fmt: skip


def signed_in(app: Flask) -> FlaskClient:
    """The coordinator's browser."""
    token = new_token()
    with app.app_context():
        user = db.session.query(User).filter_by(email="nora@bench.invalid").one()
        expires_at = clock.now() + timedelta(hours=1)
        db.session.add(
            Login(token_hash=hashed(token), user_id=user.id, expires_at=expires_at, device="bench")
        )
        db.session.commit()
    client = app.test_client()
    with client.session_transaction() as cookie:
        cookie.update(_user_id=token, _fresh=True)
    return client
