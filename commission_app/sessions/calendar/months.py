"""The twelve months of a year as the calendar component draws them."""

from calendar import Calendar
from collections.abc import Collection
from datetime import date

from babel.dates import get_month_names

from commission_app.sessions.calendar.proposal import YearFacts

Cell = tuple[int, list[str]] | None
Month = tuple[str, list[list[Cell]]]


def months_of(year: int, facts: YearFacts, picked: Collection[date]) -> list[Month]:
    """Each month with its weeks; a day carries what it is: pick, clash, hol, off."""
    names = get_month_names("wide", locale="fr")
    return [(names[month].capitalize(), _weeks(year, month, facts, picked)) for month in range(1, 13)]


def _weeks(year: int, month: int, facts: YearFacts, picked: Collection[date]) -> list[list[Cell]]:
    weeks = Calendar().monthdatescalendar(year, month)
    return [[_cell(day, month, facts, picked) for day in week] for week in weeks]


def _cell(day: date, month: int, facts: YearFacts, picked: Collection[date]) -> Cell:
    if day.month != month:
        return None
    marks = {
        "pick": day in picked,
        "clash": day in facts.neighbours and day not in picked,
        "hol": day in facts.school,
        "off": day in facts.public,
    }
    return day.day, [kind for kind, holds in marks.items() if holds]
