"""The doors: who may come in is read from the database when a socket connects, and again whenever a right
may have changed. A client names a day, never a room."""

import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from flask import Request
from sqlalchemy import select

from commission_app.accounts.models import User
from commission_app.accounts.queries import follower_of, following_logins
from commission_app.accounts.web import config
from commission_app.core import clock
from commission_app.core.db import db
from commission_app.realtime.lines import Connected, Visitor
from commission_app.sessions.convening.guests.queries import follows_live, guest_with, guests_still_open
from commission_app.sessions.convening.guests.routes import GUEST_COOKIE
from commission_app.sessions.convening.models import Guest
from commission_app.sessions.day.fragments import Audience
from commission_app.sessions.day.models import ScreenLink
from commission_app.sessions.day.policies import can_follow_day, can_run_day
from commission_app.sessions.day.queries import open_screen_links, screen_link_of
from commission_app.sessions.models import CommissionSession
from commission_app.sessions.states import UPCOMING, SessionState

SCREEN_COOKIE = "screen"
BEFOREHAND = timedelta(hours=1)
#: What a page that follows a day asks for and sends: pseudonymous all of it, and one's own part in the day.
FOLLOWED_VIEWS = (
    "day.live",
    "day.desk",
    "day.room.raise_hand",
    "day.room.lower_hand",
    "day.room.propose",
    "day.coming_back.show",
    "day.arrivals.leave",
    "day.rating.rate",
    "decisions.say",
)


def wanted_day(auth: Any) -> uuid.UUID | None:
    """The day that a client names; None for anything that is not an identifier."""
    named = auth.get("session") if isinstance(auth, dict) else None
    if not isinstance(named, str) or len(named) != 36:
        return None
    try:
        return uuid.UUID(named)
    except ValueError:
        return None


@dataclass(frozen=True)
class ShownPage:
    """What a page that comes back says of itself: whose audience's, and the version that stands on it."""

    audience: Audience
    version: int


def shown_page(auth: Any) -> ShownPage | None:
    """What a client says that it shows; None when it says nothing, or nothing that makes sense."""
    if not isinstance(auth, dict):
        return None
    audience, version = auth.get("audience"), auth.get("version")
    if type(version) is not int or not isinstance(audience, str) or audience not in set(Audience):
        return None
    return ShownPage(Audience(audience), version)


def visitor_of(request: Request, login_token: object) -> Visitor:
    """Who connects: the login behind the cookie of the site, the screen link behind that of a room screen,
    the guest behind that of a personal link."""
    token = login_token if isinstance(login_token, str) else ""
    login_id, user_id = follower_of(token, idle_minutes=config().login_idle_minutes) or (None, None)
    link = screen_link_of(request.cookies.get(SCREEN_COOKIE, ""))
    return Visitor(
        login_id=login_id,
        user_id=user_id,
        screen_link_id=link.id if link else None,
        guest_id=_guest_behind(request.cookies.get(GUEST_COOKIE, "")),
    )


def audiences_of(visitor: Visitor, day_id: uuid.UUID) -> frozenset[Audience]:
    """The audiences of a day in which the visitor stands at this moment; none: the door stays shut."""
    day = db.session.get(CommissionSession, day_id)
    if day is None:
        return frozenset()
    found = set()
    user = db.session.get(User, visitor.user_id) if visitor.user_id else None
    if user is not None and can_follow_day(user, day):
        found.add(Audience.MEMBERS)
    if user is not None and can_run_day(user, day):
        found.add(Audience.FACILITATION)
    if visitor.screen_link_id is not None:
        link = open_screen_links().where(ScreenLink.id == visitor.screen_link_id)
        if db.session.scalar(link.where(ScreenLink.commission_session_id == day_id)) is not None:
            found.add(Audience.SCREEN)
    return frozenset(found)


def is_awaited_guest(visitor: Visitor, day_id: uuid.UUID) -> bool:
    """Whether the visitor follows the day as a guest at this moment."""
    guest = db.session.get(Guest, visitor.guest_id) if visitor.guest_id else None
    return follows_live(guest, day_id)


def days_under_way(ids: Collection[uuid.UUID]) -> set[uuid.UUID]:
    """Which of these days are live, or convened and about to begin: those that people follow in silence."""
    soon = CommissionSession.state.in_(UPCOMING) & (CommissionSession.starts_at < clock.now() + BEFOREHAND)
    is_on = soon & (CommissionSession.ends_at > clock.now())
    query = select(CommissionSession.id).where(CommissionSession.id.in_(ids))
    return set(db.session.scalars(query.where(is_on | (CommissionSession.state == SessionState.LIVE))))


def ended(connected: Iterable[Connected]) -> list[Connected]:
    """The open sockets whose login may follow no more, or whose link of a screen or a guest is over."""
    lines = list(connected)
    logins = {line.visitor.login_id for line in lines if line.visitor.login_id}
    links = {line.visitor.screen_link_id for line in lines if line.visitor.screen_link_id}
    guests = {line.visitor.guest_id for line in lines if line.visitor.guest_id}
    alive = following_logins(logins, idle_minutes=config().login_idle_minutes) | _alive_links(links)
    alive |= guests_still_open(guests)
    return [line for line in lines if not _keys(line) & alive or _keys(line) - alive]


def _keys(line: Connected) -> set[uuid.UUID]:
    visitor = line.visitor
    return {key for key in (visitor.login_id, visitor.screen_link_id, visitor.guest_id) if key is not None}


def _alive_links(ids: set[uuid.UUID]) -> set[uuid.UUID]:
    if not ids:
        return set()
    query = open_screen_links().where(ScreenLink.id.in_(ids)).with_only_columns(ScreenLink.id)
    return set(db.session.scalars(query))


def _guest_behind(token: str) -> uuid.UUID | None:
    guest = guest_with(token) if token else None
    return next(iter(guests_still_open({guest.id})), None) if guest else None
