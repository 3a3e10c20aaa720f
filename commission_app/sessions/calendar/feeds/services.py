"""Making, renewing and withdrawing a secret address."""

from commission_app.accounts.models import User
from commission_app.core import clock
from commission_app.core.db import db
from commission_app.core.errors import WrongStateError
from commission_app.core.events import record
from commission_app.core.policies import require
from commission_app.core.tokens import hashed, new_token
from commission_app.sessions.calendar.feeds.policies import can_have_feed
from commission_app.sessions.calendar.feeds.queries import own_feed, territory_feed
from commission_app.sessions.calendar.models import CalendarFeed
from commission_app.territories.models import Territory


def renew_feed(actor: User, territory: Territory | None = None) -> str:
    """Make a feed, of the person or of a territory, and return its secret: nobody can read it again.

    The former address stops at once. The coordination alone has the feed of a territory.
    """
    require(can_have_feed(actor, territory))
    standing = _standing(actor, territory)
    if standing is not None:
        standing.revoked_at = clock.now()
    token = new_token()
    feed = CalendarFeed(token_hash=hashed(token))
    if territory is None:
        feed.user_id = actor.id
    else:
        feed.territory_id = territory.id
    db.session.add(feed)
    record(actor, "calendar_feed_renewed", feed)
    return token


def revoke_feed(actor: User, territory: Territory | None = None) -> None:
    """Withdraw the address; calendars that read it receive nothing more. Refuses when there is none."""
    require(can_have_feed(actor, territory))
    standing = _standing(actor, territory)
    if standing is None:
        raise WrongStateError("Il n’y a pas d’adresse à retirer.")
    standing.revoked_at = clock.now()
    record(actor, "calendar_feed_revoked", standing)


def _standing(actor: User, territory: Territory | None) -> CalendarFeed | None:
    return own_feed(actor) if territory is None else territory_feed(territory)
