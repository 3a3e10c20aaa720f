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
            "nav": _menu(menu_of(me())),
            "place": place_of(me()),
            "footer_nav": _foot(FOOT),
        }


def _foot(entries: tuple[tuple[str, str], ...]) -> list[Link]:
    return [Link(label, url_for(endpoint), request.endpoint == endpoint) for label, endpoint in entries]


def _menu(entries: list[Entry]) -> list[Link]:
    """The entries that lead somewhere; the one behind which this page stands is current, at most one."""
    known = [entry for entry in entries if entry.endpoint in current_app.view_functions]
    places = {_room(url_for(entry.endpoint)): entry for entry in known}
    room = _room(request.path)
    here = places.get(room) or places.get(_BEHIND.get(room, room))
    return [Link(entry.label, url_for(entry.endpoint), entry is here) for entry in known]


def _room(path: str) -> str:
    """The first word of an address: all the pages of one subject share it."""
    return path.split("/", 2)[1]


#: Rooms without an entry of their own in every menu, and the room in which they are found.
_BEHIND = {
    "commissions-existantes": "documents",
    "fiches-relais": "dossiers",
    "remontees": "actions",
    "situations-resolues": "documents",
}
