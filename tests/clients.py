"""Test clients that behave as a browser does: they keep cookies, send the token of the page, and get every
answer checked."""

import contextvars
import re
from typing import Any

from flask import Flask, has_app_context
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from commission_app.accounts.models import User
from commission_app.accounts.signin.services import open_login
from tests.checks import check_response, forbid
from tests.databases import settle

TOKEN = re.compile(r'name="csrf_token"[^>]*?value="([^"]+)"|"X-CSRFToken": "([^"]+)"')


class Client(FlaskClient):
    """One person's browser without the screen."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.csrf_token = ""
        self.forbidden: set[str] = set()

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        """Ask, check what every answer must be, and remember the token of the page.

        The request runs in a context of its own, as on a server: nothing of the test's transaction, nor of
        the person who asked before, is left in it.
        """
        if has_app_context():  # not so where a redirect is followed: nothing of the test has happened since
            settle()
        response: TestResponse = contextvars.Context().run(super().open, *args, **kwargs)
        for answer in (*response.history, response):
            check_response(answer)
            forbid(answer, self.forbidden)
            answer.request.environ["wsgi.input"].close()  # a large body was written to a file
        if response.mimetype == "text/html":
            self._remember_token(response.get_data(as_text=True))
        return response

    def submit(
        self, url: str, data: dict[str, Any] | None = None, *, page: str | None = None, htmx: bool = False
    ) -> TestResponse:
        """Send a form: the token comes from `page`, or from the last page seen."""
        if page or not self.csrf_token:
            self.get(page or "/", follow_redirects=True)
        headers = {"HX-Request": "true"} if htmx else {}
        form = {"csrf_token": self.csrf_token, **(data or {})}
        return self.post(url, data=form, headers=headers)

    def sign_in(self, email: str, password: str) -> TestResponse:
        """Sign in by the form, as a person does."""
        answer = self.submit("/connexion", {"email": email, "password": password}, page="/connexion")
        self.csrf_token = ""
        return answer

    def twin(self) -> "Client":
        """Another browser with the same cookies, the same token, the same secrets to be kept from it."""
        other = client_of(self.application)
        other._cookies = dict(self._cookies)
        other.csrf_token, other.forbidden = self.csrf_token, set(self.forbidden)
        return other

    def _remember_token(self, html: str) -> None:
        if found := TOKEN.search(html):
            self.csrf_token = next(group for group in found.groups() if group)


def post(client: Client, url: str, data: dict[str, Any] | None = None, **how: Any) -> TestResponse:
    """Send a form with the token of a page; see Client.submit."""
    return client.submit(url, data, **how)


def client_of(app: Flask) -> Client:
    """A browser that has not signed in."""
    app.test_client_class = Client
    client = app.test_client()
    assert isinstance(client, Client)
    return client


def signed_in(app: Flask, user: User) -> Client:
    """A browser in which a person has signed in a moment ago."""
    token = open_login(user, device="tests", hours=1)
    settle()
    client = client_of(app)
    with client.session_transaction() as cookie:
        cookie.update(_user_id=token, _fresh=True)
    return client


def sent(app: Flask) -> list[Any]:
    """The list behind the memory backend."""
    messages: list[Any] = app.extensions["commission_mail"].sent
    return messages
