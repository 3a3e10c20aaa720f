"""The page of all days of a territory: what comes, what was, the year at a glance."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, not_, or_

from commission_app.accounts.models import User
from commission_app.core import clock
from commission_app.core.db import db
from commission_app.sessions.calendar.months import Month, months_of
from commission_app.sessions.calendar.queries import bounds, year_facts
from commission_app.sessions.hours import day_of
from commission_app.sessions.models import CommissionSession
from commission_app.sessions.policies import can_prepare_territory, shared_by, visible_sessions
from commission_app.sessions.states import SessionState
from commission_app.territories.models import Territory

MOST_UPCOMING = 12
MOST_PAST = 24


@dataclass(frozen=True)
class Overview:
    """The days that a person sees; `territory` is None for who acts on none and was invited."""

    territory: Territory | None
    year: int
    upcoming: Sequence[CommissionSession]
    past: Sequence[CommissionSession]
    months: list[Month]
    can_prepare: bool

    @property
    def has_drafts(self) -> bool:
        """Whether a day waits to be published."""
        return any(day.state is SessionState.PROPOSED for day in self.upcoming)


def overview_of(actor: User, territory: Territory | None, year: int) -> Overview:
    """The next days and the latest ones, those of the year drawn."""
    days = _seen(actor, territory)
    is_live = CommissionSession.state == SessionState.LIVE
    is_over = CommissionSession.ends_at < clock.now()
    upcoming = _read(days.where(or_(is_live, not_(is_over))), MOST_UPCOMING)
    latest = days.order_by(None).order_by(CommissionSession.starts_at.desc())
    past = _read(latest.where(is_over, not_(is_live)), MOST_PAST)
    return Overview(
        territory=territory,
        year=year,
        upcoming=upcoming,
        past=past,
        months=_months(territory, year, days) if territory else [],
        can_prepare=territory is not None and can_prepare_territory(actor, territory.id),
    )


def _seen(actor: User, territory: Territory | None) -> Select[CommissionSession]:
    seen = visible_sessions(actor).order_by(CommissionSession.starts_at)
    if territory is None:
        return seen
    here = shared_by({territory.id}).with_only_columns(CommissionSession.id)
    return seen.where(CommissionSession.id.in_(here))


def _months(territory: Territory, year: int, days: Select[CommissionSession]) -> list[Month]:
    start, end = bounds(year)
    of_year = days.where(
        CommissionSession.starts_at >= start,
        CommissionSession.starts_at < end,
        CommissionSession.state != SessionState.CANCELLED,
    )
    picked: set[date] = {day_of(day) for day in _read(of_year, MOST_PAST)}
    return months_of(year, year_facts(territory, year), picked)


def _read(days: Select[CommissionSession], limit: int) -> Sequence[CommissionSession]:
    return list(db.session.scalars(days.limit(limit)).unique())
