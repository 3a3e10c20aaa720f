"""Whose turn it is to run the day: facts about the past, never a mark. Nothing here reads the database."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from commission_app.core.french import NBSP, month_name, plural, short_date

YEARS = 2


@dataclass(frozen=True)
class Candidate:
    """Somebody who may run a day, for a structure."""

    user_id: uuid.UUID
    name: str
    structure_id: uuid.UUID
    structure: str


@dataclass(frozen=True)
class Turn:
    """That a person of a structure ran a day, or is to run it."""

    user_id: uuid.UUID
    structure_id: uuid.UUID | None
    on: date


@dataclass(frozen=True)
class Standing:
    """How often a structure ran a day in the two years before a date, and when last; None: never."""

    structure_id: uuid.UUID
    structure: str
    people: tuple[Candidate, ...]
    count: int
    last_on: date | None

    @property
    def reason(self) -> str:
        """Why it is its turn, or not yet."""
        if self.last_on is None:
            return "n’a jamais animé"
        if self.count == 0:
            return f"pas d’animation depuis {month_name(self.last_on)}"
        return f"{plural(self.count, 'animation')} en deux ans, la dernière le {short_date(self.last_on)}"


@dataclass(frozen=True)
class Pair:
    """Two people of two structures, with the reasons."""

    first: Candidate
    second: Candidate
    reasons: tuple[str, str]


def standings(candidates: Iterable[Candidate], turns: Sequence[Turn], on: date) -> list[Standing]:
    """The structures in the order of their turn at a date: least often, then longest ago, then by name."""
    people: dict[uuid.UUID, list[Candidate]] = {}
    for candidate in candidates:
        people.setdefault(candidate.structure_id, []).append(candidate)
    found = [_standing(members, turns, on) for members in people.values()]
    return sorted(found, key=lambda standing: (*_order(standing.count, standing.last_on), standing.structure))


def propose_pair(candidates: Iterable[Candidate], turns: Sequence[Turn], on: date) -> Pair | None:
    """The two structures whose turn it is and, in each, the person who ran a day least and longest ago.

    None when fewer than two structures have somebody.
    """
    ranked = standings(candidates, turns, on)
    if len(ranked) < 2:
        return None
    first, second = ranked[:2]
    return Pair(
        _person_of(first, turns, on),
        _person_of(second, turns, on),
        (f"{first.structure}{NBSP}: {first.reason}", f"{second.structure}{NBSP}: {second.reason}"),
    )


def propose_pairs(candidates: Sequence[Candidate], turns: Sequence[Turn], days: Sequence[date]) -> list[Pair]:
    """A pair for each day in order, each counting as a turn for the following ones."""
    known, pairs = list(turns), []
    for on in days:
        pair = propose_pair(candidates, known, on)
        if pair is None:
            return []
        pairs.append(pair)
        known += [Turn(person.user_id, person.structure_id, on) for person in (pair.first, pair.second)]
    return pairs


def _standing(members: list[Candidate], turns: Sequence[Turn], on: date) -> Standing:
    own = members[0]
    days = [turn.on for turn in turns if turn.structure_id == own.structure_id]
    count, last_on = _count_and_last(days, on)
    return Standing(own.structure_id, own.structure, tuple(members), count, last_on)


def _person_of(standing: Standing, turns: Sequence[Turn], on: date) -> Candidate:
    def rank(person: Candidate) -> tuple[int, int, str]:
        days = [turn.on for turn in turns if turn.user_id == person.user_id]
        return (*_order(*_count_and_last(days, on)), person.name)

    return min(standing.people, key=rank)


def _count_and_last(days: Iterable[date], on: date) -> tuple[int, date | None]:
    """Sessions already planned for later count as well: a turn promised is a turn."""
    others = [day for day in days if day != on]
    since = on - timedelta(days=365 * YEARS)
    return sum(day >= since for day in others), max(others, default=None)


def _order(count: int, last_on: date | None) -> tuple[int, int]:
    return count, last_on.toordinal() if last_on else 0
