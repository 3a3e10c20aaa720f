"""Dates, hours and numbers as people say them in French."""

from datetime import date, datetime
from functools import lru_cache

from babel.dates import format_date
from babel.numbers import format_decimal
from flask import Flask

from commission_app.core import clock, typography
from commission_app.core.typography import FrenchSpaces, spaced, unbroken

NBSP = typography.NBSP


def _day(value: date | datetime) -> date:
    return clock.local(value).date() if isinstance(value, datetime) else value


@lru_cache(maxsize=4096)
def _said(day: date, pattern: str) -> str:
    """A page says the same few days again and again; working a date out costs as much as a query."""
    return format_date(day, pattern, locale="fr")


def long_date(value: date | datetime) -> str:
    """« mardi 8 décembre 2026 »; the first of a month is « 1er »."""
    day = _day(value)
    number = "1er" if day.day == 1 else str(day.day)
    return f"{_said(day, 'EEEE')} {number}{NBSP}{_said(day, 'MMMM y')}"


def short_date(value: date | datetime) -> str:
    """« 8 décembre », with the year when it is not the present one."""
    day = _day(value)
    number = "1er" if day.day == 1 else str(day.day)
    pattern = "MMMM" if day.year == clock.today().year else "MMMM y"
    return f"{number}{NBSP}{_said(day, pattern)}"


def week_date(value: date | datetime) -> str:
    """« mardi 8 décembre », with the year when it is not the present one."""
    return f"{_said(_day(value), 'EEEE')} {short_date(value)}"


def numeric_date(value: date | datetime) -> str:
    """« 08/12/2026 »."""
    return f"{_day(value):%d/%m/%Y}"


def month_name(value: date | datetime) -> str:
    """« décembre 2026 »."""
    return _said(_day(value), "MMMM y")


def hour(value: datetime) -> str:
    """« 9 h 30 », « 15 h »."""
    moment = clock.local(value)
    minutes = f"{NBSP}{moment:%M}" if moment.minute else ""
    return f"{moment.hour}{NBSP}h{minutes}"


def long_moment(value: datetime) -> str:
    """« mardi 8 décembre 2026, 9 h 30 »."""
    return f"{long_date(value)}, {hour(value)}"


def short_moment(value: datetime) -> str:
    """« 8 décembre, 9 h 30 »."""
    return f"{short_date(value)}, {hour(value)}"


def duration(minutes: int) -> str:
    """« 40 min », « 1 h », « 1 h 05 »."""
    if minutes < 60:
        return f"{minutes}{NBSP}min"
    rest = f"{NBSP}{minutes % 60:02d}" if minutes % 60 else ""
    return f"{minutes // 60}{NBSP}h{rest}"


def plural(count: int, one: str, many: str = "") -> str:
    """« 1 dossier », « 3 dossiers », « 0 dossier »: French counts none as one."""
    return f"{number(count)}{NBSP}{one if abs(count) < 2 else (many or one + 's')}"


def in_days(value: date | datetime) -> str:
    """« aujourd’hui », « demain », « dans 12 jours », « hier », « il y a 3 jours »."""
    days = (_day(value) - clock.today()).days
    near = {0: "aujourd’hui", 1: "demain", -1: "hier"}
    if days in near:
        return near[days]
    return f"dans {plural(days, 'jour')}" if days > 0 else f"il y a {plural(-days, 'jour')}"


def late_days(value: date | datetime) -> str:
    """« 6 jours de retard »."""
    return f"{plural((clock.today() - _day(value)).days, 'jour')} de retard"


@lru_cache(maxsize=4096, typed=True)
def number(value: float | int) -> str:
    """« 1 234,5 »."""
    return format_decimal(value, locale="fr")


def listed(things: list[str]) -> str:
    """« logement, santé et mobilité »."""
    return things[0] if len(things) == 1 else ", ".join(things[:-1]) + " et " + things[-1] if things else ""


FILTERS = (
    long_date, short_date, week_date, numeric_date, month_name, hour, long_moment, short_moment,
    duration, in_days, late_days, number, listed, spaced, unbroken,
)  # fmt: skip


def init_french(app: Flask) -> None:
    """Give the templates these filters, `plural`, `now`, `today` as functions, and the spaces of French."""
    app.jinja_env.add_extension(FrenchSpaces)
    app.jinja_env.filters.update({function.__name__: function for function in FILTERS})
    app.jinja_env.globals.update(plural=plural, now=clock.now, today=clock.today)
