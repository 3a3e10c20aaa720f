"""One day a quarter: which dates suit, why, and which were put aside. Nothing here reads the database."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache

from holidays import country_holidays
from vacances_scolaires_france import SchoolHolidayDates

from commission_app.core.french import plural, short_date
from commission_app.territories.states import SchoolZone

QUARTER_ENDS = (3, 6, 9, 12)
SHOWN_ASIDE = 2
TUESDAY = 1
WEEK_END = (5, 6)


@dataclass(frozen=True)
class Neighbour:
    """A neighbouring commission that meets on a day, and how many members it shares with ours."""

    name: str
    shared: int


@dataclass(frozen=True)
class YearFacts:
    """What is known of a year on a territory."""

    zone: SchoolZone
    public: Mapping[date, str] = field(default_factory=dict)
    school: Mapping[date, str] = field(default_factory=dict)
    neighbours: Mapping[date, Neighbour] = field(default_factory=dict)


@dataclass(frozen=True)
class Reason:
    """A fact for or against a date. `kind`: ok, no (put aside), warn (to check)."""

    kind: str
    text: str


@dataclass(frozen=True)
class DateProposal:
    """A date with its reasons, the dates put aside among them."""

    on: date
    reasons: tuple[Reason, ...]


def facts_of(year: int, zone: SchoolZone, neighbours: Mapping[date, Neighbour]) -> YearFacts:
    """The public and school holidays of a year; school holidays not published yet are left out."""
    return YearFacts(zone, _public_holidays(year), _school_holidays(year, zone.value), neighbours)


def propose_year(year: int, facts: YearFacts, previous: date | None = None) -> list[DateProposal]:
    """Four dates, one a quarter, near the second Tuesday of its last month.

    Never on a week-end or a public holiday; in the school holidays or on the day of a neighbouring commission
    that shares members only when every other day of the month is taken. `previous` is the last session
    before.
    """
    proposals = []
    for month in QUARTER_ENDS:
        on, aside = _choose(_second_tuesday(year, month), facts)
        proposals.append(DateProposal(on, (*reasons_of(on, facts, previous), *aside)))
        previous = on
    return proposals


def reasons_of(on: date, facts: YearFacts, previous: date | None = None) -> list[Reason]:
    """What speaks for a date and against it, whoever chose it."""
    reasons = [Reason("ok", _since(on, previous))] if previous and previous < on else []
    objections = [Reason("warn", text) for text in objections_to(on, facts)]
    if objections:
        return reasons + objections
    if facts.school:
        reasons.append(Reason("ok", f"Hors vacances scolaires, zone {facts.zone.value}"))
    else:
        reasons.append(Reason("warn", "Vacances scolaires pas encore publiées : à vérifier"))
    if not any(day in facts.public for day in _week_of(on)):
        reasons.append(Reason("ok", "Aucun jour férié dans la semaine"))
    return reasons


def objections_to(on: date, facts: YearFacts) -> list[str]:
    """Why a day does not suit, in words; empty when nothing speaks against it."""
    found = []
    if on.weekday() in WEEK_END:
        found.append("un week-end")
    if on in facts.public:
        found.append(f"jour férié ({facts.public[on]})")
    if on in facts.neighbours:
        neighbour = facts.neighbours[on]
        members = plural(neighbour.shared, "membre")
        found.append(f"commission voisine ({neighbour.name}), {members} en commun")
    if on in facts.school:
        found.append(f"{facts.school[on][0].lower()}{facts.school[on][1:]}, zone {facts.zone.value}")
    return found


def _choose(ideal: date, facts: YearFacts) -> tuple[date, list[Reason]]:
    days = list(_by_preference(ideal))
    possible = [day for day in days if day.weekday() not in WEEK_END and day not in facts.public]
    free = [day for day in possible if not objections_to(day, facts)]
    away = [day for day in possible if day not in facts.neighbours]
    chosen = (free or away or possible)[0]
    preferred = days[: days.index(chosen)]
    refused = [day for day in preferred if day.weekday() == TUESDAY and objections_to(day, facts)]
    return chosen, [_put_aside(day, facts) for day in refused[:SHOWN_ASIDE]]


def _put_aside(day: date, facts: YearFacts) -> Reason:
    return Reason("no", f"{_day_words(day)} écarté : {objections_to(day, facts)[0]}")


def _day_words(day: date) -> str:
    return short_date(day).removesuffix(f" {day.year}")


def _by_preference(ideal: date) -> Iterator[date]:
    """The Tuesdays of the month, nearest first, then its other days."""
    days = [ideal.replace(day=1) + timedelta(days=number) for number in range(31)]
    of_month = [day for day in days if day.month == ideal.month]
    yield from sorted(of_month, key=lambda day: (day.weekday() != TUESDAY, abs(day - ideal), day < ideal))


def _second_tuesday(year: int, month: int) -> date:
    first = date(year, month, 1)
    return first + timedelta(days=(TUESDAY - first.weekday()) % 7 + 7)


def _since(on: date, previous: date) -> str:
    weeks = round((on - previous).days / 7)
    if previous.year == on.year:
        return f"{plural(weeks, 'semaine')} après la précédente"
    return f"{plural(weeks, 'semaine')} après la session du {_day_words(previous)}"


def _week_of(on: date) -> Iterable[date]:
    monday = on - timedelta(days=on.weekday())
    return (monday + timedelta(days=number) for number in range(5))


def _public_holidays(year: int) -> dict[date, str]:
    return dict(country_holidays("FR", years=[year], language="fr").items())


def _school_holidays(year: int, zone: str) -> dict[date, str]:
    known = _school_dates()
    if not known.min_year <= year <= known.max_year:
        return {}
    found = known.holidays_for_year_and_zone(year, zone)
    return {day: str(row["nom_vacances"]) for day, row in found.items()}


@lru_cache(maxsize=1)
def _school_dates() -> SchoolHolidayDates:
    return SchoolHolidayDates()
