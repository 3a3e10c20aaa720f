"""What browsers are told is graded A+, for a visitor and for somebody signed in, and the grade can fall."""

import pytest

from commission_app.accounts.states import Role
from tests.accounts.conftest import PASSWORD
from tests.clients import client_of
from tests.factories import hash_of, make_user
from tests.security.observatory import directives, grade

HTTPS = {"base_url": "https://spie.example"}
WANTED = 135
VISITED = ("/connexion", "/mot-de-passe-oublie", "/accessibilite", "/donnees-personnelles", "/nulle-part")
SIGNED_IN = ("/", "/mon-compte", "/comptes", "/lexique", "/documents", "/territoires")
SPOILED = [
    ("Content-Security-Policy", "default-src 'self' 'unsafe-inline'", 80),
    ("Content-Security-Policy", "", 75),
    ("Strict-Transport-Security", "max-age=300", 125),
    ("Strict-Transport-Security", "", 80),
    ("Access-Control-Allow-Origin", "*", 50),
    ("Referrer-Policy", "unsafe-url", 125),
    ("X-Content-Type-Options", "", 130),
]


@pytest.fixture
def site(make_app):
    """The application as it stands behind https."""
    return make_app(https=True, base_url="https://spie.example")


@pytest.fixture
def nora(site):
    """A browser in which an administrator signed in by the form."""
    email = make_user("Nora", Role.ADMINISTRATOR, password_hash=hash_of(PASSWORD)).email
    client = client_of(site)
    client.get("/connexion", **HTTPS)
    form = {"email": email, "password": PASSWORD, "csrf_token": client.csrf_token}
    client.signed = client.post("/connexion", data=form, **HTTPS)
    return client


def graded(answer, *earlier):
    cookies = [one for each in (answer, *earlier) for one in each.headers.getlist("Set-Cookie")]
    return grade(answer.headers, cookies, answer.text)


@pytest.mark.parametrize("path", VISITED)
def test_what_a_visitor_gets_is_graded_a_plus(site, path):
    client = client_of(site)
    entrance = client.get("/connexion", **HTTPS)
    answer = client.get(path, **HTTPS, follow_redirects=True)
    score, letter, checks = graded(answer, entrance)
    assert (score >= WANTED, letter) == (True, "A+"), checks


@pytest.mark.parametrize("path", SIGNED_IN)
def test_what_somebody_signed_in_gets_is_graded_a_plus(nora, path):
    answer = nora.get(path, **HTTPS)
    score, letter, checks = graded(answer, nora.signed)
    assert answer.status_code == 200
    assert (score >= WANTED, letter) == (True, "A+"), checks


@pytest.mark.parametrize(("name", "value", "score"), SPOILED)
def test_the_grade_falls_with_a_header(site, name, value, score):
    answer = client_of(site).get("/connexion", **HTTPS)
    headers = {**answer.headers, name: value}
    if not value:
        del headers[name]
    assert grade(headers, answer.headers.getlist("Set-Cookie"), answer.text)[0] == score


def test_the_grade_falls_with_a_cookie_and_with_a_script(site):
    answer = client_of(site).get("/connexion", **HTTPS)
    open_cookie = grade(answer.headers, ["session=x; Path=/"], answer.text)
    foreign = grade(answer.headers, [], '<script src="//ailleurs.invalid/x.js"></script>')
    assert open_cookie[2]["cookies"] == -40
    assert foreign[2]["subresource-integrity"] == -5


def test_each_directive_of_the_policy_is_meant(client):
    """Nothing inline, nothing evaluated, nothing from elsewhere; data: for arrows of fields alone."""
    assert directives(client.get("/connexion").headers["Content-Security-Policy"]) == {
        "default-src": {"'none'"},
        "script-src": {"'self'"},
        "style-src": {"'self'"},
        "img-src": {"'self'", "data:"},
        "font-src": {"'self'"},
        "connect-src": {"'self'"},
        "manifest-src": {"'self'"},
        "form-action": {"'self'"},
        "base-uri": {"'none'"},
        "frame-ancestors": {"'none'"},
    }
