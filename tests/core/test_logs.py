"""What the server writes about itself holds nothing of anybody."""

import contextvars
import json
import logging
import threading

import pytest
from flask.testing import FlaskClient
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from commission_app.accounts.models import User
from commission_app.core.db import db
from commission_app.core.logs import keep_places_alone, watch_process
from tests.clients import client_of, signed_in
from tests.factories import make_user

CANARY = "Micocoulier"


def apart(ask, *words, **more):
    """A request in a context of its own, as on a server, and without the checks of tests.clients."""
    return contextvars.Context().run(ask, *words, **more)


def lines(printed):
    """What was written, line by line; every line is JSON."""
    return [json.loads(line) for line in printed.splitlines()]


@pytest.fixture
def broken(make_app):
    """An application with pages that break, each with a name in its hands."""
    app = make_app()

    def statement():
        db.session.add(User(email=f"{CANARY}@exemple.fr", first_name=CANARY, last_name=CANARY))
        db.session.add(User(email=f"{CANARY}@exemple.fr", first_name=CANARY, last_name=CANARY))
        db.session.flush()

    def value():
        raise ValueError(f"{CANARY} is no number")

    def both():
        try:
            value()
        except ValueError as error:
            raise RuntimeError(CANARY) from error

    def query():
        db.session.execute(text("SELECT :name FROM nowhere"), {"name": CANARY})

    for view in (statement, value, both, query):
        view.is_public = True
        app.add_url_rule(f"/casse/{view.__name__}/<name>", view.__name__, lambda name, view=view: view())
        app.view_functions[view.__name__].is_public = True
    return app


@pytest.mark.parametrize("kind", ["statement", "value", "both", "query"])
def test_a_page_that_breaks_tells_its_place_and_nothing_that_it_held(broken, capfd, kind):
    capfd.readouterr()
    client = broken.test_client()
    answer = apart(client.get, f"/casse/{kind}/{CANARY}?q={CANARY}", headers={"User-Agent": CANARY})
    printed = "".join(capfd.readouterr())
    assert answer.status_code == 500
    assert "Rien n’a été enregistré" in answer.text
    for secret in (CANARY, "Traceback", "sqlalchemy", "SELECT", "INSERT"):
        assert secret not in answer.text
    assert CANARY not in printed
    told = next(line for line in lines(printed) if line["event"] == "broken")
    assert told["error"] in {
        "IntegrityError",
        "ValueError",
        "RuntimeError",
        "OperationalError",
        "ProgrammingError",
    }
    assert any(place.startswith("tests.core.test_logs") for place in told["at"])


def test_a_request_is_told_without_its_address(app, capfd):
    nora = make_user(CANARY)
    client = signed_in(app, nora)
    capfd.readouterr()
    client.get(f"/lexique?mot={CANARY}")
    client.get(f"/{CANARY}")
    client_of(app).submit(
        "/connexion", {"email": f"{CANARY}@exemple.fr", "password": CANARY}, page="/connexion"
    )
    printed = "".join(capfd.readouterr())
    assert CANARY not in printed
    assert "127.0.0.1" not in printed
    assert {"library.lexique", "none", "signin.create"} <= {line.get("endpoint") for line in lines(printed)}


def test_libraries_tell_the_place_alone(app, capfd):
    logger = logging.getLogger("somebody.else")
    capfd.readouterr()
    try:
        raise IntegrityError(f"INSERT … {CANARY}", {"name": CANARY}, ValueError(CANARY))
    except IntegrityError:
        logger.exception("Exception on /%s [GET]", CANARY)
    logger.warning(f"{CANARY} is late")
    printed = "".join(capfd.readouterr())
    assert CANARY not in printed
    broke, late = (line for line in lines(printed) if line["event"] == "library")
    assert (broke["library"], broke["error"]) == ("somebody.else", "IntegrityError")
    assert late["line"].startswith("test_logs:")


def test_a_logger_loses_the_lines_of_its_own_making(capfd):
    logger = logging.getLogger("gunicorn.error.tests")
    logger.propagate = False
    logger.addHandler(logging.StreamHandler())
    keep_places_alone(logger)
    keep_places_alone(logger)
    logger.error("Error handling request /%s", CANARY)
    printed = "".join(capfd.readouterr())
    assert CANARY not in printed
    assert printed.count("gunicorn.error.tests") == 1


def test_a_thread_that_breaks_tells_its_place_alone(monkeypatch, capfd):
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    watch_process()

    def work():
        raise ValueError(CANARY)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join(5)
    printed = "".join(capfd.readouterr())
    assert CANARY not in printed
    assert [line["event"] for line in lines(printed)] == ["thread_broke"]


def test_parameters_are_hidden_from_every_error_of_the_database(app):
    with pytest.raises(Exception, match="nowhere") as caught:
        db.session.execute(text("SELECT :name FROM nowhere"), {"name": CANARY})
    assert CANARY not in str(caught.value)
    db.session.rollback()


def test_health_says_whether_the_database_answers_and_nothing_else(client, monkeypatch):
    well = client.get("/healthz")
    assert (well.status_code, well.json) == (200, {"status": "ok"})

    def gone(*_args, **_more):
        raise IntegrityError("SELECT 1", {}, ValueError(CANARY))

    monkeypatch.setattr(db.session, "execute", gone)
    bare = FlaskClient(client.application, client.application.response_class)
    ill = apart(bare.get, "/healthz")
    assert (ill.status_code, ill.json) == (503, {"status": "database"})
