"""The spans of time that figures are about."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from commission_app.core import clock

LAST_SESSIONS = "sessions"
SESSIONS = 4
YEARS_BACK = 4


@dataclass(frozen=True)
class Period:
    """Days from `first` to `last`, both included."""

    key: str
    label: str
    first: date
    last: date

    @property
    def starts_at(self) -> datetime:
        """The first moment."""
        return datetime.combine(self.first, time(), clock.PARIS)

    @property
    def ends_at(self) -> datetime:
        """The first moment after."""
        return datetime.combine(self.last + timedelta(days=1), time(), clock.PARIS)


def choices() -> list[tuple[str, str]]:
    """What one may choose: the last sessions, or a year."""
    this_year = clock.today().year
    years = [(str(year), f"Année {year}") for year in range(this_year, this_year - YEARS_BACK, -1)]
    return [(LAST_SESSIONS, f"{SESSIONS} dernières sessions"), *years]


def chosen(key: str, sessions: Sequence[datetime]) -> Period:
    """The period of that key; the last sessions when the key says nothing.

    The last sessions are counted from the first day of the quarter of the oldest of the four, or a year back.
    """
    today = clock.today()
    if key in {one for one, _ in choices()} - {LAST_SESSIONS}:
        year = int(key)
        return Period(key, f"Année {year}", date(year, 1, 1), min(date(year, 12, 31), today))
    last = [clock.local(moment).date() for moment in sorted(sessions)[-SESSIONS:]]
    first = _quarter(last[0]) if last else today - timedelta(days=365)
    return Period(LAST_SESSIONS, f"{SESSIONS} dernières sessions", first, today)


def quarter_name(moment: datetime) -> str:
    """« T3 2026 »."""
    day = clock.local(moment)
    return f"T{(day.month + 2) // 3} {day.year}"


def _quarter(day: date) -> date:
    return date(day.year, (day.month - 1) // 3 * 3 + 1, 1)
