"""Naming the two people who run a day."""

from commission_app.accounts.models import User
from commission_app.core.db import db
from commission_app.core.errors import InvalidInputError
from commission_app.core.events import record
from commission_app.core.policies import require
from commission_app.core.states import expect
from commission_app.sessions.facilitation.fairness import Candidate
from commission_app.sessions.facilitation.queries import candidates_of
from commission_app.sessions.hours import day_of
from commission_app.sessions.models import CommissionSession, Facilitator
from commission_app.sessions.policies import can_prepare_session
from commission_app.sessions.queries import territory_ids_of
from commission_app.sessions.services import NOT_ANY_MORE, PREPARED


def assign_pair(actor: User, day: CommissionSession, *, first: str, second: str, version: int) -> None:
    """Name the two co-facilitators, by identifier; the coordination alone, before the day begins.

    Both sit on one of its territories, for two different structures.
    """
    require(can_prepare_session(actor, day))
    expect(day.state, PREPARED, NOT_ANY_MORE)
    day.expect_version(version)
    known = {str(person.user_id): person for person in candidates_of(territory_ids_of(day), day_of(day))}
    _check(known.get(first), known.get(second))
    day.facilitators.clear()
    db.session.flush()
    for place, user_id in enumerate((first, second), 1):
        day.facilitators.append(Facilitator(user_id=known[user_id].user_id, position=place))
    day.live_version += 1
    record(actor, "facilitators_chosen", day, first=first, second=second)


def _check(first: Candidate | None, second: Candidate | None) -> None:
    if first is None:
        raise InvalidInputError("Choisissez la première personne parmi les membres.", field="first")
    if second is None:
        raise InvalidInputError("Choisissez la seconde personne parmi les membres.", field="second")
    if first.structure_id == second.structure_id:
        raise InvalidInputError("Choisissez deux personnes de deux structures différentes.", field="second")
