"""What every answer tells the browser, and what no address of the outside may change."""

from datetime import datetime, timedelta

import pytest

from commission_app.accounts.states import Role
from commission_app.core import clock
from commission_app.core.outbox import run_due
from tests.accounts.conftest import PASSWORD
from tests.clients import client_of, signed_in
from tests.factories import hash_of, make_user

ELSEWHERE = [
    "//mechant.example",
    "///mechant.example",
    "////mechant.example",
    "https://mechant.example",
    "http:mechant.example",
    "http:/mechant.example",
    "https:///mechant.example",
    "\\\\mechant.example",
    "/\\mechant.example",
    "/\\/mechant.example",
    "\\/mechant.example",
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "data:text/html,x",
    "mechant.example",
    "mechant.example/comptes",
    "@mechant.example",
    "https://localhost@mechant.example",
    "https://localhost.mechant.example",
    "//localhost@mechant.example/",
    "/\t/mechant.example",
    "/\n/mechant.example",
    "/\r/mechant.example",
    "\t//mechant.example",
    " //mechant.example",
    "/%5cmechant.example",
    "/%2f/mechant.example",
    "//%5cmechant.example",
    "ftp://mechant.example",
    "?suite=//mechant.example",
    "/connexion\r\nLocation: https://mechant.example",
]
PATHS = ("/connexion", "/nulle-part", "/mon-compte", "/healthz")


@pytest.fixture
def nora(app):
    """Somebody with a password."""
    return make_user("Nora", Role.ADMINISTRATOR, password_hash=hash_of(PASSWORD))


@pytest.mark.parametrize("path", PATHS)
def test_every_answer_carries_the_headers(client, path):
    headers = client.get(path).headers
    assert headers["Strict-Transport-Security"].startswith("max-age=63072000")
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert headers["Cache-Control"] == "no-store"


@pytest.fixture
def https_app(make_app):
    """The application as it stands behind https."""
    return make_app(https=True, base_url="https://spie.example")


def test_the_cookie_is_out_of_reach(https_app):
    client = client_of(https_app)
    cookie = client.get("/connexion", base_url="https://spie.example").headers["Set-Cookie"]
    for word in ("__Host-session=", "Secure", "HttpOnly", "SameSite=Lax", "Path=/"):
        assert word in cookie
    assert "Domain" not in cookie


def test_a_browser_that_tells_no_referer_signs_in_over_https(https_app, nora):
    email, https = nora.email, {"base_url": "https://spie.example"}
    client = client_of(https_app)
    client.get("/connexion", **https)
    form = {"email": email, "password": PASSWORD, "csrf_token": client.csrf_token}
    assert client.post("/connexion", data=form, **https).status_code == 303
    assert client.get("/mon-compte", **https).status_code == 200


@pytest.mark.parametrize("target", ELSEWHERE, ids=range(len(ELSEWHERE)))
def test_signing_in_never_leads_elsewhere(app, nora, target):
    client = client_of(app)
    form = {"email": nora.email, "password": PASSWORD, "suite": target}
    location = client.submit("/connexion", form, page="/connexion").location
    assert leads_here(location), location
    page = client_of(app).get("/connexion", query_string={"suite": target})
    assert leads_here(signed_in(app, nora).get("/connexion", query_string={"suite": target}).location)
    assert page.status_code == 200


def leads_here(location):
    """Whether a browser that follows stays on this site."""
    first, second = location[:1], location[1:2]
    return first == "/" and second not in ("/", "\\") and not {"\t", "\n", "\r"} & set(location)


@pytest.mark.parametrize(
    ("contact", "told"),
    [
        ("securite@departement.fr", "mailto:securite@departement.fr"),
        ("https://departement.fr/securite", "https://departement.fr/securite"),
    ],
)
def test_who_finds_a_flaw_is_told_whom_to_write_to(make_app, contact, told):
    app = make_app(security_contact=contact, base_url="https://spie.example")
    answer = client_of(app).get("/.well-known/security.txt")
    lines = dict(line.split(": ", 1) for line in answer.text.splitlines())
    assert (answer.status_code, answer.mimetype, lines["Contact"]) == (200, "text/plain", told)
    assert lines["Canonical"] == "https://spie.example/.well-known/security.txt"
    assert timedelta(0) < datetime.fromisoformat(lines["Expires"]) - clock.now() < timedelta(days=365)


@pytest.mark.parametrize("name", ["Host", "X-Forwarded-Host", "X-Forwarded-Server", "Forwarded"])
def test_a_forged_host_changes_no_address(app, nora, mails, name):
    client = client_of(app)
    forged = {name: "host=mechant.example" if name == "Forwarded" else "mechant.example"}
    client.get("/connexion")
    for path in ("/connexion", "/mon-compte", "/nulle-part"):
        answer = client.get(path, headers=forged)
        assert "mechant" not in answer.text + str(answer.headers)
    client.get("/mot-de-passe-oublie", headers=forged)
    form = {"email": nora.email, "csrf_token": client.csrf_token}
    client.post("/mot-de-passe-oublie", data=form, headers=forged)
    run_due()
    for mail in mails:
        assert "mechant" not in mail.as_string()
