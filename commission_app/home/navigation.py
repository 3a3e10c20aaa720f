"""The menu, the place and the foot of every page."""

from dataclasses import dataclass
from typing import Any

from flask import Flask, current_app, has_request_context, request, url_for
from flask_login import current_user

from commission_app.accounts.web import me
from commission_app.home.policies import Entry, menu_of, place_of

FOOT = (
    ("Aide", "home.help_page"),
    ("Lexique", "library.lexique"),
    ("Mon calendrier", "calendar.mine"),
    ("Données personnelles", "home.privacy"),
    ("Accessibilité", "home.accessibility"),
)
PUBLIC_FOOT = FOOT[-2:]


@dataclass(frozen=True)
class Link:
    """A line of the menu as the layout shows it."""

    label: str
    url: str
    current: bool = False


def init_navigation(app: Flask) -> None:
    """Give every page its menu; a page rendered outside a request (a broadcast, a mail) has none."""

    @app.context_processor
    def menu() -> dict[str, Any]:
        if not has_request_context():
            return {"nav": [], "place": None}
        if not current_user.is_authenticated:
            return {"nav": [], "place": None, "footer_nav": _foot(PUBLIC_FOOT)}
        return {
            "nav": [_link(entry) for entry in menu_of(me()) if entry.endpoint in current_app.view_functions],
            "place": place_of(me()),
            "footer_nav": _foot(FOOT),
            "account_url": url_for("profile.show"),
            "sign_out_url": url_for("signin.delete"),
        }


def _foot(entries: tuple[tuple[str, str], ...]) -> list[Link]:
    return [Link(label, url_for(endpoint)) for label, endpoint in entries]


def _link(entry: Entry) -> Link:
    feature = entry.endpoint.partition(".")[0]
    here = (request.endpoint or "").partition(".")[0]
    here = _BEHIND.get(here, here)
    current = request.endpoint == entry.endpoint or (here == feature and feature not in _SHARED)
    return Link(entry.label, url_for(entry.endpoint), current)


#: Blueprints that stand behind several entries: only the very page is « here ».
_SHARED = {"library", "home"}
#: Blueprints whose pages belong to the entry of another one.
_BEHIND = {
    "urgent": "binomes",
    "absences": "binomes",
    "inclusion": "offers",
    "roles": "accounts",
    **dict.fromkeys(
        ("agenda", "convening", "day", "facilitation", "minutes", "programme", "year"), "sessions"
    ),
}
