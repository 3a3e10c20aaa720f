"""The year of a territory: four days laid out, one more added, all published."""

import uuid
from datetime import date

from sqlalchemy import select

from commission_app.accounts.models import User
from commission_app.core import clock
from commission_app.core.db import db
from commission_app.core.errors import InvalidInputError, WrongStateError
from commission_app.core.events import record
from commission_app.core.policies import require
from commission_app.sessions.calendar.proposal import propose_year
from commission_app.sessions.calendar.queries import (
    drafts_among,
    last_before,
    still_to_lay_out,
    year_facts,
    year_of,
)
from commission_app.sessions.facilitation.fairness import Pair, propose_pairs
from commission_app.sessions.facilitation.queries import candidates_of, turns_of
from commission_app.sessions.hours import day_of, local_moment
from commission_app.sessions.models import CommissionSession, DayTemplate, Facilitator
from commission_app.sessions.policies import can_prepare_territory
from commission_app.sessions.programme.frame import ENDS, STARTS, agenda_due, season_title, usual_programme
from commission_app.sessions.states import SESSION_TRANSITIONS
from commission_app.territories.models import Territory

#: Calendars know a day by this for ever, wherever the platform moves.
UID_DOMAIN = "commission-spie"


def lay_out_year(actor: User, territory: Territory, *, year: int) -> list[CommissionSession]:
    """Draft a day for each coming quarter that has none, each with the pair whose turn it is.

    The coordination of the territory alone. Refuses a year where every coming quarter has its day.
    """
    require(can_prepare_territory(actor, territory.id))
    proposals = propose_year(year, year_facts(territory, year), last_before(territory, year))
    dates = [proposal.on for proposal in still_to_lay_out(proposals, year_of(territory, year))]
    if not dates:
        raise WrongStateError("Chaque trimestre à venir a déjà sa session.")
    pairs = propose_pairs(candidates_of([territory.id], dates[0]), turns_of([territory.id]), dates)
    return [_draft(actor, territory, on, pair) for on, pair in _with_pairs(dates, pairs)]


def add_session(actor: User, territory: Territory, *, on: date) -> CommissionSession:
    """Draft one more day; the coordination of the territory alone. Refuses the past and a day already
    taken."""
    require(can_prepare_territory(actor, territory.id))
    if on <= clock.today():
        raise InvalidInputError("Choisissez une date à venir.", field="on")
    if on in {day_of(day) for day in year_of(territory, on.year)}:
        raise InvalidInputError("Ce territoire a déjà une session ce jour-là.", field="on")
    return _draft(actor, territory, on, None)


def publish_year(actor: User, territory: Territory, *, year: int) -> list[CommissionSession]:
    """Put the drafted days of a year on the calendar that everybody sees.

    The coordination of the territory alone; refuses when nothing is left to publish.
    """
    require(can_prepare_territory(actor, territory.id))
    drafts = drafts_among(territory, year_of(territory, year))
    if not drafts:
        raise WrongStateError("Il n’y a plus de date à publier pour cette année.")
    for day in drafts:
        day.state = SESSION_TRANSITIONS.after(day.state, "publish")
        record(actor, "session_published", day)
    record(actor, "calendar_published", territory, year=year, count=len(drafts))
    return drafts


def _with_pairs(dates: list[date], pairs: list[Pair]) -> list[tuple[date, Pair | None]]:
    return [(on, pairs[index] if index < len(pairs) else None) for index, on in enumerate(dates)]


def _draft(actor: User, territory: Territory, on: date, pair: Pair | None) -> CommissionSession:
    template = db.session.scalar(select(DayTemplate).where(DayTemplate.territory_id == territory.id))
    day = CommissionSession(
        territory=territory,
        territories=[territory],
        title=season_title(on),
        starts_at=local_moment(on, template.starts if template else STARTS),
        ends_at=local_moment(on, template.ends if template else ENDS),
        place=_usual_place(territory),
        programme=template.programme if template else usual_programme(),
        agenda_due_on=agenda_due(on),
        ics_uid=f"commission-{uuid.uuid4()}@{UID_DOMAIN}",
        facilitators=_facilitators(pair),
    )
    db.session.add(day)
    record(actor, "session_proposed", day)
    return day


def _usual_place(territory: Territory) -> str:
    """Where the territory met last."""
    found = (
        select(CommissionSession.place)
        .where(CommissionSession.territory_id == territory.id, CommissionSession.place != "")
        .order_by(CommissionSession.starts_at.desc())
        .limit(1)
    )
    return db.session.scalar(found) or ""


def _facilitators(pair: Pair | None) -> list[Facilitator]:
    people = (pair.first, pair.second) if pair else ()
    return [Facilitator(user_id=person.user_id, position=place) for place, person in enumerate(people, 1)]
