"""What signing in reads."""

from datetime import timedelta

from sqlalchemy import ColumnElement, select

from commission_app.accounts.models import Login, User
from commission_app.core import clock
from commission_app.core.db import db

SEEN_EVERY = timedelta(minutes=1)


def is_to_be_seen(login: Login) -> bool:
    """Whether the last act noted is old enough to note another: once a minute is enough."""
    return clock.now() - login.seen_at >= SEEN_EVERY


def account_of(email: str) -> User | None:
    """The open account with this mail address, or None."""
    return db.session.scalars(select(User).where(*_is_open(email))).unique().one_or_none()


def stored_password_of(email: str) -> str:
    """What is stored of the password of the open account with this address; '' without one.

    One statement that reads one column: an address that somebody has costs no more than one that nobody has.
    """
    return db.session.scalar(select(User.password_hash).where(*_is_open(email))) or ""


def _is_open(email: str) -> tuple[ColumnElement[bool], ...]:
    return User.email == email.strip().lower(), User.closed_at.is_(None)
