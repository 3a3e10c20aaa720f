"""Test clients that behave as a browser does: they keep cookies, send the token of the page, and get every
answer checked."""

import re
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.checks import check_response, forbid

TOKEN = re.compile(r'name="csrf_token"[^>]*?value="([^"]+)"|"X-CSRFToken": "([^"]+)"')


class Client(FlaskClient):
    """One person's browser without the screen."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.csrf_token = ""
        self.forbidden: set[str] = set()

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        """Ask, check what every answer must be, and remember the token of the page."""
        response = super().open(*args, **kwargs)
        for answer in (*response.history, response):
            check_response(answer)
            forbid(answer, self.forbidden)
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

    def _remember_token(self, html: str) -> None:
        if found := TOKEN.search(html):
            self.csrf_token = next(group for group in found.groups() if group)


def post(
    client: Client, url: str, data: dict[str, Any] | None = None, page: str | None = None
) -> TestResponse:
    """Send a form with the token of a page."""
    return client.submit(url, data, page=page)


def client_of(app: Flask) -> Client:
    """A browser that has not signed in."""
    app.test_client_class = Client
    client = app.test_client()
    assert isinstance(client, Client)
    return client
