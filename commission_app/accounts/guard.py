"""Who may come in: every page asks who you are, unless it is marked public."""

from urllib.parse import urlsplit

from flask import Flask, g, make_response, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import LoginManager, current_user

from commission_app.accounts.models import User
from commission_app.accounts.queries import following_login_of, login_of
from commission_app.accounts.signin.routes import keep_alive
from commission_app.accounts.web import config, is_following
from commission_app.core.web import SAFE_METHODS, is_htmx, is_public, refusal, safe_next

SIGN_IN_FIRST = "Votre connexion a pris fin. Copiez ce que vous avez écrit, connectez-vous, puis recommencez."


def init_guard(app: Flask) -> None:
    """Read the cookie, refuse visitors by default, and tell the templates where the account pages are."""
    manager = LoginManager()
    manager.session_protection = None  # phones change their address; a login row can be ended instead
    manager.user_loader(_load)
    manager.init_app(app)
    app.before_request(_guard)
    app.context_processor(_account_links)


def _load(token: str) -> User | None:
    """The person of a login that is open; of one that only follows a live day, on the pages of that alone."""
    if g.get("knows_nobody"):
        return None
    idle_minutes = config().login_idle_minutes
    login = login_of(token, idle_minutes=idle_minutes)
    g.is_idle = login is None
    if login is None and is_following():
        login = following_login_of(token, idle_minutes=idle_minutes)
    if login is None:
        return None
    g.login = login
    login.user.login_token = token
    return login.user


def _guard() -> ResponseReturnValue | None:
    if current_user.is_authenticated:
        if not g.is_idle:
            keep_alive()
        return None
    if request.endpoint is None or is_public(request.endpoint):
        return None
    if is_htmx():
        response = make_response(refusal("Connexion nécessaire", SIGN_IN_FIRST, 401))
        page = urlsplit(request.headers.get("HX-Current-URL", "")).path
        response.headers["HX-Redirect"] = _sign_in_url(page)
        return response
    if request.method in SAFE_METHODS:
        return redirect(_sign_in_url(request.full_path.rstrip("?")))
    return refusal("Connexion nécessaire", SIGN_IN_FIRST, 401)


def _sign_in_url(onward: str) -> str:
    onward = safe_next(onward)
    return url_for("signin.show", suite=onward) if onward not in ("", "/") else url_for("signin.show")


def _account_links() -> dict[str, str]:
    if not current_user or not current_user.is_authenticated:
        return {}
    return {"account_url": url_for("profile.show"), "sign_out_url": url_for("signin.delete")}
