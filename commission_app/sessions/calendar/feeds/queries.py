"""The feeds that stand, and what each shows."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Select, select

from commission_app.accounts.models import User
from commission_app.core.db import db
from commission_app.core.errors import NotFoundError
from commission_app.core.tokens import hashed
from commission_app.sessions.calendar.models import CalendarFeed
from commission_app.sessions.models import CommissionSession
from commission_app.sessions.policies import visible_sessions
from commission_app.sessions.queries import sessions_of, whole
from commission_app.sessions.states import SessionState
from commission_app.territories.models import Territory

MOST_DAYS = 200


@dataclass(frozen=True)
class FeedContent:
    """What a feed is called and the days in it."""

    name: str
    days: Sequence[CommissionSession]


def feed_behind(token: str) -> CalendarFeed:
    """The feed of a secret address; raises NotFoundError once withdrawn, or ended with the account or the
    territory."""
    feed = db.session.scalar(
        select(CalendarFeed).where(
            CalendarFeed.token_hash == hashed(token), CalendarFeed.revoked_at.is_(None)
        )
    )
    if feed is None or not _stands(feed):
        raise NotFoundError()
    return feed


def content_of(feed: CalendarFeed) -> FeedContent:
    """The published days, cancelled ones included so that calendars drop them."""
    if feed.user is not None:
        days = whole(visible_sessions(feed.user)).order_by(CommissionSession.starts_at.desc())
        return FeedContent("Mes commissions", _published(days))
    assert feed.territory is not None
    days = sessions_of([feed.territory.id]).order_by(None).order_by(CommissionSession.starts_at.desc())
    return FeedContent(f"Commissions {feed.territory.name}", _published(days))


def own_feed(actor: User) -> CalendarFeed | None:
    """The person's feed, if one stands."""
    return db.session.scalar(
        select(CalendarFeed).where(CalendarFeed.user_id == actor.id, CalendarFeed.revoked_at.is_(None))
    )


def territory_feed(territory: Territory) -> CalendarFeed | None:
    """The territory's feed, if one stands."""
    return db.session.scalar(
        select(CalendarFeed).where(
            CalendarFeed.territory_id == territory.id, CalendarFeed.revoked_at.is_(None)
        )
    )


def territory_feeds(territories: Sequence[Territory]) -> dict[uuid.UUID | None, CalendarFeed]:
    """The feeds that stand of several territories, by territory."""
    ids = [territory.id for territory in territories]
    feeds = db.session.scalars(
        select(CalendarFeed).where(CalendarFeed.territory_id.in_(ids), CalendarFeed.revoked_at.is_(None))
    )
    return {feed.territory_id: feed for feed in feeds}


def _stands(feed: CalendarFeed) -> bool:
    if feed.user is not None:
        return feed.user.is_active
    return feed.territory is not None and not feed.territory.is_archived


def _published(days: Select[CommissionSession]) -> Sequence[CommissionSession]:
    published = days.where(CommissionSession.state != SessionState.PROPOSED)
    return list(db.session.scalars(published.limit(MOST_DAYS)).unique())
