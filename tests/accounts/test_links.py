"""Invitations and resets."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from commission_app.accounts.models import AccountLink, Login
from commission_app.core import clock
from commission_app.core.db import db
from commission_app.core.events import record
from commission_app.core.outbox import run_due
from tests.accounts.conftest import PASSWORD
from tests.accounts.parallel import all_at_once
from tests.databases import settle

NEW = {"password": "mistral sur la garrigue", "again": "mistral sur la garrigue"}
LINK = re.compile(r"http://localhost(/(?:invitation|mot-de-passe)/[\w-]+)")


def link_in(mail):
    """The path of the link that a mail carries."""
    return LINK.search(mail.get_body(("plain",)).get_content())[1]


@pytest.fixture
def invitation(ines, mails):
    """The path of the invitation that Inès received."""
    record(None, "account_invited", ines)
    settle()
    run_due()
    return link_in(mails[-1])


@pytest.fixture
def reset(nora, mails, client):
    """The path of the link that Nora asked for."""
    client.submit("/mot-de-passe-oublie", {"email": nora.email}, page="/mot-de-passe-oublie")
    run_due()
    return link_in(mails[-1])


def test_an_invitation_opens_the_account(client, ines, invitation, mails):
    assert "exemple.invalid" not in invitation
    answer = client.submit(invitation, NEW, page=invitation)
    assert (answer.status_code, answer.location) == (303, "/connexion")
    assert client.get("/mon-compte").status_code == 302
    assert client.sign_in(ines.email, NEW["password"]).status_code == 303


def test_looking_at_an_invitation_does_not_use_it_up(client, invitation):
    for _ in range(3):
        assert client.get(invitation).status_code == 200


def test_an_invitation_serves_once(client, invitation):
    client.submit(invitation, NEW, page=invitation)
    assert client.get(invitation).status_code == 410
    assert client.submit(invitation, NEW, page="/connexion").status_code == 410


def test_twenty_answers_at_once_open_one_account(app, invitation):
    statuses = all_at_once(app, 20, invitation, invitation, NEW)
    settle()
    assert statuses.count(303) == 1
    assert statuses.count(410) == 19


def test_an_invitation_dies_after_seven_days(client, invitation):
    with clock.frozen(clock.now() + timedelta(days=8)):
        assert client.get(invitation).status_code == 410


def test_a_new_invitation_replaces_the_former(client, ines, invitation, mails):
    record(None, "account_invited", ines)
    settle()
    run_due()
    assert client.get(invitation).status_code == 410
    assert client.get(link_in(mails[-1])).status_code == 200


def test_the_link_of_a_closed_account_is_dead(client, ines, invitation):
    ines.closed_at = clock.now()
    assert client.get(invitation).status_code == 410


@pytest.mark.parametrize(
    ("password", "said"),
    [("court", "au moins 12"), ("aaaaaaaaaaaaaa", "se devine"), ("nora.longue.phrase", "")],
)
def test_an_easy_password_is_refused_and_the_link_stays(client, invitation, password, said):
    answer = client.submit(invitation, {"password": password, "again": password}, page=invitation)
    assert (answer.status_code == 422) == bool(said)
    assert said in answer.text
    assert client.get(invitation).status_code == (200 if said else 410)


def test_two_different_passwords_are_refused(client, invitation):
    answer = client.submit(invitation, {**NEW, "again": "autre phrase longue"}, page=invitation)
    assert answer.status_code == 422
    assert "diffèrent" in answer.text


def test_a_reset_cuts_every_device_and_tells_by_mail(client, client_for, nora, reset, mails):
    elsewhere = client_for(nora)
    assert client.submit(reset, NEW, page=reset).status_code == 303
    assert elsewhere.get("/mon-compte").status_code == 302
    assert not db.session.scalars(select(Login).where(Login.ended_at.is_(None))).all()
    run_due()
    assert "changé" in mails[-1]["Subject"]
    assert client.sign_in(nora.email, PASSWORD).status_code == 422
    assert client.sign_in(nora.email, NEW["password"]).status_code == 303


def test_a_reset_dies_within_an_hour(client, reset):
    with clock.frozen(clock.now() + timedelta(minutes=61)):
        assert client.get(reset).status_code == 410


def test_a_reset_is_no_invitation(client, reset):
    assert client.get(reset.replace("/mot-de-passe/", "/invitation/")).status_code == 410


def test_an_unknown_address_is_answered_alike_and_gets_nothing(client, nora, mails):
    answers = [
        client.submit("/mot-de-passe-oublie", {"email": email}, page="/mot-de-passe-oublie")
        for email in (nora.email, "inconnu@exemple.invalid")
    ]
    run_due()
    assert len(mails) == 1
    assert {(answer.status_code, answer.location, len(answer.data)) for answer in answers} == {
        (303, "/connexion", len(answers[0].data))
    }


def test_who_never_accepted_gets_the_invitation_again(client, ines, mails):
    client.submit("/mot-de-passe-oublie", {"email": ines.email}, page="/mot-de-passe-oublie")
    run_due()
    assert link_in(mails[-1]).startswith("/invitation/")


def test_only_the_hash_of_a_link_is_kept(app, invitation):
    token = invitation.rsplit("/", 1)[1]
    assert token not in {link.token_hash for link in db.session.scalars(select(AccountLink))}


def test_asking_again_and_again_sends_five_mails_and_answers_alike(client, nora, mails):
    answers = [
        client.submit("/mot-de-passe-oublie", {"email": nora.email}, page="/mot-de-passe-oublie")
        for _ in range(9)
    ]
    assert {(answer.status_code, answer.location) for answer in answers} == {(303, "/connexion")}
    run_due()
    assert len(mails) == 5
