"""Doors and look-ups of roles held."""

import uuid

from sqlalchemy import select

from commission_app.accounts.models import Membership, User
from commission_app.core import clock
from commission_app.core.db import db
from commission_app.core.errors import NotFoundError

AT_ONCE = 200


def get_membership(user: User, membership_id: uuid.UUID) -> Membership:
    """One of the roles of an account already opened by its door; raises NotFoundError for any other."""
    found = next((held for held in user.memberships if held.id == membership_id), None)
    if found is None:
        raise NotFoundError()
    return found


def untold_ends() -> list[Membership]:
    """Roles whose last day has passed and whose end nobody was told of, some at once."""
    over = select(Membership).where(Membership.ends_on < clock.today(), Membership.ended_at.is_(None))
    return list(db.session.scalars(over.limit(AT_ONCE)).unique())


def has_untold_end() -> bool:
    """Whether there is any."""
    over = select(Membership.id).where(Membership.ends_on < clock.today(), Membership.ended_at.is_(None))
    return db.session.scalar(over.limit(1)) is not None
