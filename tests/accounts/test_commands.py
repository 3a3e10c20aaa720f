"""The commands of the operator."""

import pytest
from sqlalchemy import func, select

from commission_app.accounts.models import User
from commission_app.core.db import db
from commission_app.core.outbox import run_due
from commission_app.territories.models import Commune
from tests.databases import settle


@pytest.fixture
def run(app):
    """Run a command: `run("create-admin", "a@b.fr")`."""

    def run_one(*words):
        settle()
        return app.test_cli_runner().invoke(args=words)

    return run_one


NAMES = ("--first-name", "Odile", "--last-name", "Sénéchal")


def test_an_administrator_is_made_with_a_password(run, client):
    done = run("create-admin", "odile@exemple.fr", *NAMES, "--password", "quatre cyprès dans le vent")
    assert done.exit_code == 0, done.output
    assert client.sign_in("odile@exemple.fr", "quatre cyprès dans le vent").status_code == 303
    assert client.get("/comptes").status_code == 200


def test_an_administrator_without_a_password_is_invited(run, mails):
    assert run("create-admin", "odile@exemple.fr", *NAMES).exit_code == 0
    run_due()
    assert mails[0]["To"] == "odile@exemple.fr"


def test_an_easy_password_makes_nobody(run):
    done = run("create-admin", "odile@exemple.fr", *NAMES, "--password", "court")
    assert done.exit_code == 1
    assert "12 caractères" in done.output
    assert db.session.scalar(select(func.count()).select_from(User)) == 0


def test_the_communes_of_a_departement_are_loaded_twice_alike(run):
    assert run("load-communes", "13").exit_code == 0
    count = db.session.scalar(select(func.count()).select_from(Commune))
    assert count >= 119
    assert db.session.get(Commune, "13004").search.startswith("arles 13")
    assert run("load-communes").exit_code == 0
    assert db.session.scalar(select(func.count()).select_from(Commune)) == count


def test_an_unknown_departement_is_refused(run):
    done = run("load-communes", "99")
    assert done.exit_code == 1
    assert "99" in done.output


def test_the_worker_does_what_is_due(run):
    assert run("run-worker", "--once").exit_code == 0
