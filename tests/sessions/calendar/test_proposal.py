"""The dates that the assistant proposes, and the turns of those who run the days."""

import uuid
from datetime import date, timedelta

import pytest

from commission_app.sessions.calendar.months import months_of
from commission_app.sessions.calendar.proposal import (
    Neighbour,
    YearFacts,
    facts_of,
    objections_to,
    propose_year,
    reasons_of,
)
from commission_app.sessions.facilitation.fairness import (
    Candidate,
    Turn,
    propose_pair,
    propose_pairs,
    standings,
)
from commission_app.territories.states import SchoolZone

YEARS = range(2024, 2029)
ISTRES = Neighbour("Istres – Martigues", 5)


@pytest.mark.parametrize("zone", SchoolZone)
@pytest.mark.parametrize("year", YEARS)
def test_one_day_a_quarter_that_nothing_speaks_against(year, zone):
    facts = facts_of(year, zone, {})
    dates = [proposal.on for proposal in propose_year(year, facts)]
    assert [(on.month - 1) // 3 for on in dates] == [0, 1, 2, 3]
    assert not [on for on in dates if objections_to(on, facts)]


def test_the_year_2027_of_zone_b_with_a_neighbour():
    facts = facts_of(2027, SchoolZone.B, {date(2027, 3, 9): ISTRES})
    first, second, third, fourth = propose_year(2027, facts, date(2026, 12, 8))
    assert [p.on for p in (first, second, third, fourth)] == [
        date(2027, 3, 16), date(2027, 6, 8), date(2027, 9, 14), date(2027, 12, 14),
    ]  # fmt: skip
    words = [reason.text.replace("\u00a0", " ") for reason in first.reasons]
    assert "14 semaines après la session du 8 décembre" in words
    assert "Hors vacances scolaires, zone B" in words
    assert "9 mars écarté : commission voisine (Istres – Martigues), 5 membres en commun" in words


def test_public_holidays_are_known():
    facts = facts_of(2027, SchoolZone.B, {})
    assert {date(2027, 3, 29), date(2027, 5, 6), date(2027, 7, 14)} <= set(facts.public)
    assert objections_to(date(2027, 5, 6), facts)[0] == "jour férié (Ascension)"


def test_school_holidays_are_those_of_the_zone():
    autumn = date(2027, 2, 23)
    assert objections_to(autumn, facts_of(2027, SchoolZone.B, {}))
    assert not objections_to(date(2027, 4, 12), facts_of(2027, SchoolZone.B, {}))
    assert objections_to(date(2027, 4, 12), facts_of(2027, SchoolZone.A, {}))


def test_holidays_are_taken_only_where_they_cannot_be_avoided():
    march = [date(2027, 3, 1) + timedelta(days=number) for number in range(31)]
    facts = YearFacts(SchoolZone.B, {}, dict.fromkeys(march, "Vacances d’hiver"), {march[8]: ISTRES})
    first = propose_year(2027, facts)[0].on
    assert first.month == 3
    assert first != march[8]
    assert first.weekday() < 5


def test_a_public_holiday_is_never_proposed_even_when_all_else_is_taken():
    march = [date(2027, 3, 1) + timedelta(days=number) for number in range(31)]
    facts = YearFacts(SchoolZone.B, {march[8]: "Fête"}, {}, dict.fromkeys(march, ISTRES))
    assert propose_year(2027, facts)[0].on not in {march[8]}


def test_school_holidays_not_published_yet_are_said():
    facts = facts_of(2040, SchoolZone.B, {})
    assert not facts.school
    assert reasons_of(date(2040, 3, 13), facts)[0].kind == "warn"


def test_the_year_at_a_glance_marks_each_day_once_for_what_it_is():
    facts = facts_of(2027, SchoolZone.B, {date(2027, 3, 9): ISTRES})
    months = months_of(2027, facts, {date(2027, 3, 16)})
    cells = {cell[0]: cell[1] for week in months[2][1] for cell in week if cell}
    assert months[2][0] == "Mars"
    assert cells[16] == ["pick"]
    assert cells[9] == ["clash"]
    assert cells[29] == ["off"]
    assert all(len(week) == 7 for _, weeks in months for week in weeks)


def person(structure: str, name: str) -> Candidate:
    return Candidate(
        uuid.uuid5(uuid.NAMESPACE_DNS, name), name, uuid.uuid5(uuid.NAMESPACE_DNS, structure), structure
    )


HUGO, LEA = person("CCAS", "Hugo"), person("Mission locale", "Léa")
INES, MAX = person("PLIE", "Inès"), person("PLIE", "Max")
TEAM = [HUGO, LEA, INES, MAX]
DAY = date(2027, 3, 16)


def turn(who: Candidate, on: date) -> Turn:
    return Turn(who.user_id, who.structure_id, on)


def test_the_pair_is_of_two_structures_that_ran_least_and_longest_ago():
    turns = [turn(HUGO, date(2026, 9, 8)), turn(LEA, date(2025, 6, 3)), turn(HUGO, date(2026, 3, 3))]
    pair = propose_pair(TEAM, turns, DAY)
    assert pair is not None
    assert {pair.first, pair.second} == {INES, LEA}
    assert pair.reasons[0] == "PLIE\u00a0: n’a jamais animé"


def test_in_a_structure_the_person_who_never_ran_a_day_comes_first():
    turns = [turn(INES, date(2025, 3, 4)), turn(LEA, date(2026, 3, 3)), turn(HUGO, date(2026, 9, 8))]
    pair = propose_pair(TEAM, turns, DAY)
    assert pair is not None
    assert pair.first == MAX


def test_four_days_rotate():
    days = [date(2027, 3, 16), date(2027, 6, 8), date(2027, 9, 14)]
    pairs = propose_pairs(TEAM, [], days)
    structures = [{pair.first.structure, pair.second.structure} for pair in pairs]
    assert all(len(two) == 2 for two in structures)
    assert sorted(name for two in structures for name in two) == sorted(
        ["CCAS", "Mission locale", "PLIE"] * 2
    )


def test_one_structure_alone_makes_no_pair():
    assert propose_pair([INES, MAX], [], DAY) is None


def test_turns_older_than_two_years_count_no_more_but_are_said():
    standing = standings([HUGO], [turn(HUGO, date(2024, 3, 5))], DAY)[0]
    assert standing.count == 0
    assert standing.reason == "pas d’animation depuis mars 2024"
