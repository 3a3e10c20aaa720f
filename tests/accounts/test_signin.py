"""Coming in, being slowed down, going out."""

from datetime import timedelta

from argon2 import PasswordHasher, extract_parameters
from sqlalchemy import select

from commission_app.accounts import passwords
from commission_app.accounts.models import Login, SignInDelay
from commission_app.accounts.queries import login_of
from commission_app.core import clock
from commission_app.core.db import db
from commission_app.core.events import Event
from commission_app.core.tokens import hashed
from tests.accounts.conftest import PASSWORD
from tests.accounts.parallel import all_at_once
from tests.clients import client_of
from tests.databases import settle


def cookie_of(client):
    """The session cookie that the browser holds."""
    return client.get_cookie("session").value


def test_who_knows_the_password_comes_in_and_goes_on(client, nora):
    page = client.get("/mon-compte")
    assert page.location == "/connexion?suite=/mon-compte"
    assert "/mon-compte" in client.get(page.location).text
    form = {"email": nora.email.upper(), "password": PASSWORD, "suite": "/mon-compte"}
    answer = client.submit("/connexion", form)
    assert (answer.status_code, answer.location) == (303, "/mon-compte")
    assert "Nora" in client.get("/mon-compte").text


def test_each_login_has_a_token_of_its_own(client, app, nora):
    client.sign_in(nora.email, PASSWORD)
    client_of(app).sign_in(nora.email, PASSWORD)
    logins = db.session.scalars(select(Login).where(Login.user_id == nora.id)).all()
    assert len({login.token_hash for login in logins}) == 2


def test_a_wrong_password_and_an_unknown_address_answer_alike(client, nora):
    known = client.submit("/connexion", {"email": nora.email, "password": "faux"}, page="/connexion")
    unknown = client.submit(
        "/connexion", {"email": "x" + nora.email[1:], "password": "faux"}, page="/connexion"
    )
    assert known.status_code == unknown.status_code == 422
    assert len(known.data) == len(unknown.data)
    assert dict(known.headers).keys() == dict(unknown.headers).keys()


def test_an_unknown_address_costs_what_a_known_one_costs(client, nora, ines, monkeypatch, count_queries):
    verified = []

    class Watched(PasswordHasher):
        def verify(self, hash, password):
            verified.append(extract_parameters(hash))
            return super().verify(hash, password)

    monkeypatch.setattr(passwords, "hasher", Watched.from_parameters(extract_parameters(passwords.OF_NOBODY)))

    def cost_of(email):
        verified.clear()
        with count_queries() as statements:
            client.submit("/connexion", {"email": email, "password": "faux"})
        return list(verified), statements

    cost_of("premier@exemple.invalid")
    known, unknown, invited = map(cost_of, (nora.email, "inconnu@exemple.invalid", ines.email))
    assert known == unknown == invited
    assert known[0] == [extract_parameters(nora.password_hash)]


def test_the_closed_and_the_invited_come_in_no_more_than_strangers(client, nora, ines):
    nora.closed_at = clock.now()
    for email in (nora.email, ines.email):
        assert client.sign_in(email, PASSWORD).status_code == 422


def test_the_sixth_try_waits_and_says_how_long(client, nora):
    began = clock.now()
    with clock.frozen(began):
        for _ in range(5):
            assert client.sign_in(nora.email, "faux").status_code == 422
    with clock.frozen(began + timedelta(milliseconds=500)):
        answer = client.sign_in(nora.email, PASSWORD)
    assert answer.status_code == 429
    assert answer.headers["Retry-After"] == "15"
    assert "Réessayez dans 15" in answer.text


def test_the_wait_doubles_and_ends(client, nora):
    began = clock.now()
    with clock.frozen(began):
        for _ in range(5):
            client.sign_in(nora.email, "faux")
    with clock.frozen(began + timedelta(seconds=16)):
        assert client.sign_in(nora.email, "faux").status_code == 422
        assert client.sign_in(nora.email, PASSWORD).headers["Retry-After"] == "31"
    with clock.frozen(began + timedelta(seconds=60)):
        assert client.sign_in(nora.email, PASSWORD).status_code == 303
    assert not db.session.scalars(select(SignInDelay)).all()


def test_an_unknown_address_is_slowed_down_alike(client, app):
    with clock.frozen(clock.now()):
        for _ in range(5):
            client.sign_in("inconnu@exemple.invalid", "faux")
        assert client.sign_in("inconnu@exemple.invalid", "faux").status_code == 429


def test_twenty_guesses_at_once_count_twenty(app, nora):
    form = {"email": nora.email, "password": "faux"}
    statuses = all_at_once(app, 20, "/connexion", "/connexion", form)
    settle()
    assert statuses.count(422) == 5
    assert statuses.count(429) == 15


def test_a_stolen_cookie_is_dead_after_logout(client, app, nora):
    client.sign_in(nora.email, PASSWORD)
    stolen = cookie_of(client)
    answer = client.submit("/deconnexion", page="/mon-compte")
    assert answer.status_code == 303
    assert "cache" in answer.headers["Clear-Site-Data"]
    thief = client_of(app)
    thief.set_cookie("session", stolen)
    assert thief.get("/mon-compte").status_code == 302


def test_logout_records_what_sockets_listen_for(client, nora):
    client.sign_in(nora.email, PASSWORD)
    client.submit("/deconnexion", page="/mon-compte")
    login = db.session.scalars(select(Login)).one()
    event = db.session.scalars(select(Event).where(Event.name == "login_ended")).one()
    assert event.data["login_id"] == str(login.id)
    assert login.ended_at is not None


def test_a_login_ends_after_half_an_hour_without_an_act(client_for, nora):
    client = client_for(nora)
    with clock.frozen(clock.now() + timedelta(minutes=29)):
        assert client.get("/mon-compte").status_code == 200
    with clock.frozen(clock.now() + timedelta(minutes=58)):
        assert client.get("/mon-compte").status_code == 200
    with clock.frozen(clock.now() + timedelta(minutes=89)):
        assert client.get("/mon-compte").status_code == 302


def test_what_a_page_asks_by_itself_keeps_nobody_signed_in(client_for, nora):
    client = client_for(nora)
    for minute in range(0, 30, 5):
        with clock.frozen(clock.now() + timedelta(minutes=minute)):
            assert client.get("/mon-compte", headers={"X-Background": "true"}).status_code == 200
    with clock.frozen(clock.now() + timedelta(minutes=31)):
        assert client.get("/mon-compte").status_code == 302


def test_a_login_ends_after_ten_hours_whatever_happens(client, nora):
    client.sign_in(nora.email, PASSWORD)
    begun = clock.now()
    for step in range(1, 24):
        with clock.frozen(begun + timedelta(minutes=25 * step)):
            assert client.get("/mon-compte").status_code == 200
    with clock.frozen(begun + timedelta(minutes=601)):
        assert client.get("/mon-compte").status_code == 302


def test_acts_are_noted_once_a_minute(client_for, nora, count_queries):
    client = client_for(nora)
    client.get("/mon-compte")
    with count_queries() as statements:
        client.get("/mon-compte")
    assert not [one for one in statements if one.startswith("UPDATE")]


def test_an_expired_page_is_told_so_and_htmx_leaves_it(client, app):
    client.get("/connexion")
    answer = client.post("/mon-compte", data={"csrf_token": client.csrf_token})
    assert answer.status_code == 401
    headers = {"HX-Request": "true", "HX-Current-URL": "http://localhost/mon-compte"}
    answer = client.get("/mon-compte", headers=headers)
    assert answer.status_code == 401
    assert answer.headers["HX-Redirect"] == "/connexion?suite=/mon-compte"


def test_the_socket_finds_the_login_of_a_token(app, nora):
    moment = clock.now()
    login = Login(token_hash=hashed("jeton"), user_id=nora.id, expires_at=moment + timedelta(hours=1))
    db.session.add(login)
    db.session.flush()
    assert login_of("jeton") == login
    assert login_of("autre") is None
    assert login_of("") is None
    with clock.frozen(moment + timedelta(minutes=31)):
        assert login_of("jeton") is None
    login.ended_at = moment
    assert login_of("jeton") is None
