"""What signing in reads."""

from datetime import timedelta

from sqlalchemy import select

from commission_app.accounts.models import Login, User
from commission_app.core import clock
from commission_app.core.db import db

SEEN_EVERY = timedelta(minutes=1)


def is_to_be_seen(login: Login) -> bool:
    """Whether the last act noted is old enough to note another: once a minute is enough."""
    return clock.now() - login.seen_at >= SEEN_EVERY


def account_of(email: str) -> User | None:
    """The open account with this mail address, or None."""
    found = select(User).where(User.email == email.strip().lower(), User.closed_at.is_(None))
    return db.session.scalars(found).unique().one_or_none()
