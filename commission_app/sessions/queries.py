"""Doors and read models of the days of commission."""

import uuid
from collections.abc import Iterable

from sqlalchemy import Select
from sqlalchemy.orm import joinedload, selectinload

from commission_app.accounts.models import User
from commission_app.core import clock
from commission_app.core.db import db
from commission_app.core.errors import NotFoundError
from commission_app.sessions.models import CommissionSession, Facilitator
from commission_app.sessions.policies import shared_by, visible_sessions
from commission_app.sessions.states import UPCOMING, SessionState


def get_session(actor: User, session_id: uuid.UUID) -> CommissionSession:
    """The day, with its territories and facilitators; what one may not see does not exist."""
    day = db.session.scalar(_whole(visible_sessions(actor).where(CommissionSession.id == session_id)))
    if day is None:
        raise NotFoundError()
    return day


def upcoming_session(territory_id: uuid.UUID) -> CommissionSession | None:
    """The territory's day under way, or else the next one on the calendar; None when none is published."""
    awaited = (*UPCOMING, SessionState.LIVE)
    found = sessions_of([territory_id]).where(
        CommissionSession.state.in_(awaited), CommissionSession.ends_at > clock.now()
    )
    return db.session.scalar(found.limit(1))


def sessions_of(territory_ids: Iterable[uuid.UUID]) -> Select[CommissionSession]:
    """The days of these territories in order of date, for callers that checked who asks."""
    days = shared_by(set(territory_ids))
    return _whole(days).order_by(CommissionSession.starts_at)


def _whole(query: Select[CommissionSession]) -> Select[tuple[CommissionSession]]:
    return query.options(
        joinedload(CommissionSession.territory),
        selectinload(CommissionSession.territories),
        selectinload(CommissionSession.facilitators).joinedload(Facilitator.user),
    )
