"""The signed-in person, for routes."""

import hashlib
import hmac
from typing import cast

from flask import Request, current_app, g, request
from flask_login import current_user

from commission_app.accounts.models import Login, User
from commission_app.core.config import Config
from commission_app.core.web import SAFE_METHODS, View, is_htmx

BROWSERS = (("Edg/", "Edge"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"))
SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Macintosh", "Mac"),
    ("Linux", "Linux"),
)


def me() -> User:
    """The signed-in person as the row itself, not the proxy: what routes hand to services."""
    return cast(User, current_user._get_current_object())


def my_login() -> Login | None:
    """The login that this request came with, or None for a visitor."""
    return cast(Login | None, g.get("login")) if current_user.is_authenticated else None


def background(view: View) -> View:
    """Mark a view that pages ask for by themselves: its requests never make a login last longer.

    A page may also say so of one request with the header `X-Background: true`.
    """
    view.is_background = True  # type: ignore[attr-defined]
    return view


def is_background() -> bool:
    """Whether the page asked by itself, without a gesture of the person.

    A page that follows a day asks for its own fragments whenever the day moves.
    """
    view = current_app.view_functions.get(request.endpoint or "")
    asks_itself = is_following() and is_htmx() and request.method in SAFE_METHODS
    return asks_itself or hasattr(view, "is_background") or request.headers.get("X-Background") == "true"


def following(view: View) -> View:
    """Mark a view of a live day: a login that follows the day without a gesture still opens it."""
    view.is_following = True  # type: ignore[attr-defined]
    return view


def is_following() -> bool:
    """Whether the view asked for belongs to following a live day."""
    return hasattr(current_app.view_functions.get(request.endpoint or ""), "is_following")


def config() -> Config:
    """The settings of the running application."""
    return cast(Config, current_app.extensions["commission_config"])


def device_of(asked: Request) -> str:
    """What a person recognises a device by (« Firefox, Windows »); nothing finer is kept."""
    agent = asked.user_agent.string
    browser = next((name for mark, name in BROWSERS if mark in agent), "Navigateur")
    system = next((name for mark, name in SYSTEMS if mark in agent), "appareil inconnu")
    return f"{browser}, {system}"


def keyed(text: str) -> str:
    """A hash that only this installation can compute: what tries are counted under."""
    secret = str(current_app.config["SECRET_KEY"]).encode()
    return hmac.new(secret, text.encode(), hashlib.sha256).hexdigest()
