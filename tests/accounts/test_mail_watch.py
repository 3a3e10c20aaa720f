"""The mails that do not leave are seen, and leave again."""

import pytest
from sqlalchemy import select

from commission_app.accounts.mail_watch.services import retry_jobs
from commission_app.core.db import db
from commission_app.core.mail import Mail, send_later
from commission_app.core.outbox import Job, JobState, LaterError, run_due
from tests.databases import settle


@pytest.fixture
def stuck(app, monkeypatch):
    """A mail that its server refused once."""

    def refuse(_message):
        raise LaterError("Serveur de courriel injoignable (ConnectionRefusedError)")

    backend = app.extensions["commission_mail"]
    monkeypatch.setattr(backend, "deliver", refuse)
    send_later(Mail("secret@exemple.fr", "Sujet secret", "Texte secret"))
    settle()
    run_due()
    monkeypatch.undo()
    return db.session.scalars(select(Job)).one()


def test_a_late_mail_is_shown_with_its_reason_and_nothing_else(client_for, odile, stuck):
    client = client_for(odile)
    client.forbidden |= {"secret@exemple.fr", "Sujet secret", "Texte secret"}
    page = client.get("/administration/courriels").text
    assert "1 courriel n’est pas parti" in page.replace("\u00a0", " ")
    assert "Serveur de courriel injoignable" in page


def test_it_leaves_again_at_once(client_for, odile, stuck, mails):
    client = client_for(odile)
    answer = client.submit(f"/administration/courriels/{stuck.id}/renvoyer", page="/administration/courriels")
    assert answer.status_code == 303
    run_due()
    assert len(mails) == 1
    assert "Tous les courriels sont partis" in client.get("/administration/courriels").text


def test_all_leave_again_at_once(client_for, odile, stuck, mails):
    client_for(odile).submit("/administration/courriels/renvoyer", page="/administration/courriels")
    run_due()
    assert len(mails) == 1


def test_the_operator_retries_every_job(app, stuck):
    stuck.state = JobState.FAILED
    assert retry_jobs(None) == 1
    db.session.expire_all()
    assert stuck.state is JobState.DUE
