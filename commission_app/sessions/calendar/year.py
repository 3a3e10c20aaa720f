"""The page of a year: each date with its reasons, and what remains to do."""

from dataclasses import dataclass
from datetime import date

from commission_app.core.french import NBSP
from commission_app.sessions.calendar.months import Month, months_of
from commission_app.sessions.calendar.proposal import (
    DateProposal,
    Reason,
    YearFacts,
    propose_year,
    reasons_of,
)
from commission_app.sessions.calendar.queries import (
    drafts_among,
    last_before,
    still_to_lay_out,
    year_facts,
    year_of,
)
from commission_app.sessions.facilitation.fairness import Candidate, Pair, Turn, propose_pairs, standings
from commission_app.sessions.facilitation.queries import candidates_of, turns_of
from commission_app.sessions.hours import day_of
from commission_app.sessions.models import CommissionSession
from commission_app.territories.models import Territory


@dataclass(frozen=True)
class Pick:
    """A date, with the session that stands on it (None while it is the assistant's alone)."""

    on: date
    day: CommissionSession | None
    reasons: list[Reason]


@dataclass(frozen=True)
class YearPage:
    """What the page of a year shows."""

    territory: Territory
    year: int
    picks: list[Pick]
    drafts: list[CommissionSession]
    missing: int
    months: list[Month]
    people: int
    structures: int

    @property
    def is_laid_out(self) -> bool:
        """Whether a session stands in the year already."""
        return any(pick.day for pick in self.picks)

    @property
    def is_published(self) -> bool:
        """Whether sessions stand and none is a draft."""
        return self.is_laid_out and not self.drafts


def year_page(territory: Territory, year: int) -> YearPage:
    """The sessions of a year, or the assistant's proposal while there is none."""
    facts, previous = year_facts(territory, year), last_before(territory, year)
    days = year_of(territory, year)
    first_day = day_of(days[0]) if days else date(year, 1, 1)
    candidates, turns = candidates_of([territory.id], first_day), turns_of([territory.id])
    proposals = propose_year(year, facts, previous)
    if days:
        picks = _standing(days, proposals, facts, previous, candidates, turns)
    else:
        picks = _proposed(still_to_lay_out(proposals, days), candidates, turns)
    return YearPage(
        territory=territory,
        year=year,
        picks=picks,
        drafts=drafts_among(territory, days),
        missing=len(still_to_lay_out(proposals, days)),
        months=months_of(year, facts, {pick.on for pick in picks}),
        people=len({person.user_id for person in candidates}),
        structures=len({person.structure_id for person in candidates}),
    )


def _proposed(proposals: list[DateProposal], candidates: list[Candidate], turns: list[Turn]) -> list[Pick]:
    pairs = propose_pairs(candidates, turns, [proposal.on for proposal in proposals])
    picks = []
    for index, proposal in enumerate(proposals):
        people = [_pair_reason(pairs[index])] if pairs else []
        picks.append(Pick(proposal.on, None, [*proposal.reasons, *people]))
    return picks


def _standing(
    days: list[CommissionSession],
    proposals: list[DateProposal],
    facts: YearFacts,
    previous: date | None,
    candidates: list[Candidate],
    turns: list[Turn],
) -> list[Pick]:
    picks = []
    aside = {proposal.on: proposal.reasons for proposal in proposals}
    for day in days:
        on = day_of(day)
        refused = [reason for reason in aside.get(on, ()) if reason.kind == "no"]
        people = _people_reason(day, candidates, turns)
        picks.append(Pick(on, day, [*reasons_of(on, facts, previous), *refused, people]))
        previous = on
    return picks


def _pair_reason(pair: Pair) -> Reason:
    return Reason("people", f"Co-animation{NBSP}: {'. '.join(pair.reasons)}.")


def _people_reason(day: CommissionSession, candidates: list[Candidate], turns: list[Turn]) -> Reason:
    if len(day.facilitators) < 2:
        return Reason("warn", "Co-animation à désigner")
    before = [turn for turn in turns if turn.on < day_of(day)]
    ranked = standings(candidates, before, day_of(day))
    reasons = {standing.structure_id: standing.reason for standing in ranked}
    words = []
    for facilitator in day.facilitators:
        user = facilitator.user
        reason = reasons.get(user.structure_id) if user.structure_id else None
        words.append(f"{user.structure_name or user.full_name}{NBSP}: {reason}" if reason else user.full_name)
    return Reason("people", f"Co-animation{NBSP}: {'. '.join(words)}.")
