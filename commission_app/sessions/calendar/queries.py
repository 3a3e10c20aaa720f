"""What the year of a territory looks like: its days, its neighbours, the facts that dates are chosen by."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta

from sqlalchemy import select

from commission_app.core import clock
from commission_app.core.db import db
from commission_app.core.french import week_date
from commission_app.sessions.calendar.proposal import (
    DateProposal,
    Neighbour,
    YearFacts,
    facts_of,
    objections_to,
)
from commission_app.sessions.hours import day_of, local_moment
from commission_app.sessions.members import member_ids
from commission_app.sessions.models import CommissionSession, session_territory
from commission_app.sessions.policies import shared_by
from commission_app.sessions.queries import sessions_of
from commission_app.sessions.states import SessionState
from commission_app.territories.models import Territory

NEARBY = timedelta(days=31)
KEPT = [state for state in SessionState if state is not SessionState.CANCELLED]
PUBLIC = [state for state in KEPT if state is not SessionState.PROPOSED]


def bounds(year: int) -> tuple[datetime, datetime]:
    """The first moment of a year in metropolitan France, and that of the next."""
    return local_moment(date(year, 1, 1), time()), local_moment(date(year + 1, 1, 1), time())


def year_of(territory: Territory, year: int) -> list[CommissionSession]:
    """The sessions of a year that were not cancelled, in order; for the coordination."""
    start, end = bounds(year)
    found = sessions_of([territory.id]).where(
        CommissionSession.starts_at >= start,
        CommissionSession.starts_at < end,
        CommissionSession.state.in_(KEPT),
    )
    return list(db.session.scalars(found).unique())


def last_before(territory: Territory, year: int) -> date | None:
    """The day of the last session before a year."""
    start, _ = bounds(year)
    found = (
        sessions_of([territory.id])
        .where(CommissionSession.starts_at < start, CommissionSession.state.in_(KEPT))
        .order_by(None)
        .order_by(CommissionSession.starts_at.desc())
        .limit(1)
    )
    session = db.session.scalar(found)
    return day_of(session) if session is not None else None


def year_facts(territory: Territory, year: int) -> YearFacts:
    """Public holidays, school holidays of the zone, and the days of neighbours that share members."""
    return facts_of(year, territory.school_zone, neighbours_of(territory, year))


def neighbours_of(territory: Territory, year: int) -> dict[date, Neighbour]:
    """The published days of the other territories that share members with this one."""
    start, end = bounds(year)
    own = shared_by({territory.id}).with_only_columns(CommissionSession.id)
    rows = db.session.execute(
        select(CommissionSession.starts_at, Territory.id, Territory.name)
        .join(session_territory, session_territory.c.commission_session_id == CommissionSession.id)
        .join(Territory, Territory.id == session_territory.c.territory_id)
        .where(
            CommissionSession.starts_at >= start,
            CommissionSession.starts_at < end,
            CommissionSession.state.in_(PUBLIC),
            CommissionSession.id.not_in(own),
            Territory.id != territory.id,
        )
    ).all()
    shared = _shared_members(territory.id, {row.id for row in rows}, date(year, 1, 1))
    return {
        clock.local(row.starts_at).date(): Neighbour(row.name, shared[row.id])
        for row in rows
        if shared.get(row.id)
    }


def _shared_members(
    territory_id: uuid.UUID, others: set[uuid.UUID], first_day: date
) -> Mapping[uuid.UUID, int]:
    if not others:
        return {}
    people = member_ids([territory_id, *others], max(first_day, clock.today()))
    own = people.pop(territory_id, set())
    return {other: len(own & members) for other, members in people.items()}


def days_to_avoid(day: CommissionSession) -> list[tuple[str, str]]:
    """The public holidays and neighbouring commissions within a month of a day: when and why."""
    on = day_of(day)
    facts = year_facts(day.territory, on.year)
    marked = sorted({*facts.public, *facts.neighbours})
    near = [other for other in marked if abs(other - on) <= NEARBY and other != on]
    return [(week_date(other), objections_to(other, facts)[0]) for other in near]


def still_to_lay_out(
    proposals: Sequence[DateProposal], days: Sequence[CommissionSession]
) -> list[DateProposal]:
    """The proposals to come of the quarters that have no day."""
    taken = {_quarter(day_of(day)) for day in days}
    return [p for p in proposals if p.on > clock.today() and _quarter(p.on) not in taken]


def _quarter(on: date) -> int:
    return (on.month - 1) // 3


def drafts_among(territory: Territory, days: Sequence[CommissionSession]) -> list[CommissionSession]:
    """The days that the territory convenes and has not published yet."""
    return [day for day in days if day.state is SessionState.PROPOSED and day.territory_id == territory.id]
