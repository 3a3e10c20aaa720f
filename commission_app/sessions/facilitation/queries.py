"""Who may run a day, who did, and whose turn it is."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from commission_app.accounts.models import User
from commission_app.core import clock
from commission_app.core.db import db
from commission_app.sessions.facilitation.fairness import Candidate, Turn
from commission_app.sessions.members import members_of
from commission_app.sessions.models import CommissionSession, Facilitator
from commission_app.sessions.policies import shared_by
from commission_app.sessions.states import SessionState


@dataclass(frozen=True)
class PastPair:
    """A day and the names of who ran it, or will."""

    day: CommissionSession
    people: tuple[User, ...]


def candidates_of(territory_ids: Iterable[uuid.UUID], on: date) -> list[Candidate]:
    """The members who sit on these territories on that day: each may run it."""
    return [
        Candidate(member.user.id, member.user.full_name, member.structure.id, member.structure.name)
        for member in members_of(territory_ids, on)
    ]


def turns_of(territory_ids: Iterable[uuid.UUID]) -> list[Turn]:
    """Every turn on the days of these territories, past and planned, cancelled days left out."""
    days = shared_by(set(territory_ids)).with_only_columns(CommissionSession.id)
    rows = db.session.execute(
        select(Facilitator.user_id, User.structure_id, CommissionSession.starts_at)
        .join(User, User.id == Facilitator.user_id)
        .join(CommissionSession, CommissionSession.id == Facilitator.commission_session_id)
        .where(Facilitator.commission_session_id.in_(days), CommissionSession.state != SessionState.CANCELLED)
    )
    return [
        Turn(user_id, structure_id, clock.local(starts_at).date())
        for user_id, structure_id, starts_at in rows
    ]


def past_pairs(territory_ids: Iterable[uuid.UUID], limit: int = 12) -> list[PastPair]:
    """Who ran the latest days of these territories and who is to run the next published ones."""
    hidden = (SessionState.CANCELLED, SessionState.PROPOSED)
    days = (
        shared_by(set(territory_ids))
        .where(CommissionSession.state.not_in(hidden))
        .order_by(CommissionSession.starts_at.desc())
        .limit(limit)
        .options(
            joinedload(CommissionSession.facilitators).joinedload(Facilitator.user).lazyload(User.memberships)
        )
    )
    return [
        PastPair(day, tuple(facilitator.user for facilitator in day.facilitators))
        for day in db.session.scalars(days).unique()
    ]
