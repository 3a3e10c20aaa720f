"""Who and what surrounds the point under way, each read in one narrow query."""

import math
import uuid
from collections import Counter
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select

from commission_app.accounts.models import User
from commission_app.core.french import listed
from commission_app.core.prepared import Prepared
from commission_app.sessions.agenda.models import AgendaItem
from commission_app.sessions.convening.models import Invitation
from commission_app.sessions.day.models import Attendance, ParkedIdea, SpeakRequest
from commission_app.sessions.day.view import Hand, Parked, Seat
from commission_app.sessions.models import Facilitator, session_territory
from commission_app.sessions.states import Answer
from commission_app.territories.models import Structure, Territory, territory_structure

FULL_NAME = User.first_name + " " + User.last_name
AWAY = frozenset({Answer.ABSENT})


def hands_of(day_id: uuid.UUID) -> tuple[Hand, ...]:
    """Raised hands, the one who speaks first."""
    return tuple(
        Hand(id_, user, name, structure or "", given)
        for id_, user, name, structure, given in _HANDS(day_id=day_id)
    )


_HANDS = Prepared(
    lambda *, day_id: (
        select(SpeakRequest.id, SpeakRequest.user_id, FULL_NAME, Structure.name, SpeakRequest.given_at)
        .join(User, SpeakRequest.user_id == User.id)
        .outerjoin(Structure, SpeakRequest.structure_id == Structure.id)
        .where(SpeakRequest.commission_session_id == day_id, SpeakRequest.lowered_at.is_(None))
        .order_by(SpeakRequest.given_at.is_(None), SpeakRequest.raised_at)
    )
)


def spoken_of(day_id: uuid.UUID) -> tuple[tuple[str, int], ...]:
    """How long each structure had the floor so far, in minutes begun, the longest first; who speaks now
    counts once heard."""
    seconds: Counter[str] = Counter()
    for name, given_at, lowered_at in _SPOKEN(day_id=day_id):
        seconds[name or "Sans structure"] += max(1, math.ceil((lowered_at - given_at).total_seconds()))
    return tuple((name, math.ceil(spent / 60)) for name, spent in seconds.most_common())


_SPOKEN = Prepared(
    lambda *, day_id: (
        select(Structure.name, SpeakRequest.given_at, SpeakRequest.lowered_at)
        .outerjoin(Structure, SpeakRequest.structure_id == Structure.id)
        .where(
            SpeakRequest.commission_session_id == day_id,
            SpeakRequest.given_at.is_not(None),
            SpeakRequest.lowered_at.is_not(None),
        )
    )
)


def there_of(day_id: uuid.UUID) -> tuple[tuple[uuid.UUID, datetime], ...]:
    """Who is in the room, as (identifier, moment of arrival)."""
    return tuple((id_, arrived_at) for id_, arrived_at in _THERE(day_id=day_id))


_THERE = Prepared(
    lambda *, day_id: (
        select(Attendance.user_id, Attendance.arrived_at)
        .where(Attendance.commission_session_id == day_id, Attendance.left_at.is_(None))
        .order_by(Attendance.arrived_at, Attendance.user_id)
    )
)


def seats_of(day_id: uuid.UUID) -> tuple[Seat, ...]:
    """Everybody invited, with the latest spell of presence."""
    spells = {row.user_id: row for row in _SPELLS(day_id=day_id)}
    return tuple(_seat(row, spells.get(row.user_id)) for row in _SEATS(day_id=day_id))


_SPELLS = Prepared(
    lambda *, day_id: (
        select(Attendance.user_id, Attendance.arrived_at, Attendance.left_at, Attendance.stands_in)
        .where(Attendance.commission_session_id == day_id)
        .order_by(Attendance.arrived_at)
    )
)

_SEATS = Prepared(
    lambda *, day_id: (
        select(Invitation.user_id, FULL_NAME, Structure.name, Invitation.answer)
        .join(User, Invitation.user_id == User.id)
        .join(Structure, Invitation.structure_id == Structure.id)
        .where(Invitation.commission_session_id == day_id, Invitation.removed_at.is_(None))
        .order_by(Structure.name, User.last_name)
    )
)


def _seat(row: Any, spell: Any) -> Seat:
    user_id, name, structure, answer = row
    return Seat(
        user_id=user_id,
        name=name,
        structure=structure,
        answer=answer.label,
        is_awaited=answer not in AWAY,
        arrived_at=spell.arrived_at if spell else None,
        left_at=spell.left_at if spell else None,
        stands_in=spell.stands_in if spell else "",
    )


def parked_of(day_id: uuid.UUID) -> tuple[Parked, ...]:
    """Ideas kept for later that nobody dealt with yet."""
    return tuple(Parked(idea.id, idea.kind, idea.text, name or "") for idea, name in _PARKED(day_id=day_id))


_PARKED = Prepared(
    lambda *, day_id: (
        select(ParkedIdea, Structure.name)
        .join(User, ParkedIdea.author_id == User.id)
        .outerjoin(Structure, User.structure_id == Structure.id)
        .where(ParkedIdea.commission_session_id == day_id, ParkedIdea.handled_at.is_(None))
        .order_by(ParkedIdea.created_at)
    )
)


def facilitators_of(day_id: uuid.UUID) -> tuple[tuple[uuid.UUID, str], ...]:
    """The pair, as (identifier, name)."""
    return tuple((id_, name) for id_, name in _FACILITATORS(day_id=day_id))


_FACILITATORS = Prepared(
    lambda *, day_id: (
        select(User.id, FULL_NAME)
        .join(Facilitator, Facilitator.user_id == User.id)
        .where(Facilitator.commission_session_id == day_id)
        .order_by(Facilitator.position)
    )
)


def territories_of(day_id: uuid.UUID) -> str:
    """The names of the territories that share the day."""
    return listed(list(_TERRITORIES(day_id=day_id).scalars()))


_TERRITORIES = Prepared(
    lambda *, day_id: (
        select(Territory.name)
        .join(session_territory, session_territory.c.territory_id == Territory.id)
        .where(session_territory.c.commission_session_id == day_id)
        .order_by(Territory.name)
    )
)


def structures_of(day_id: uuid.UUID) -> tuple[tuple[uuid.UUID, str], ...]:
    """The structures that may take an action, as (identifier, name)."""
    return tuple((id_, name) for id_, name in _STRUCTURES(day_id=day_id))


def _structures(*, day_id: Any) -> Select[uuid.UUID, str]:
    shared = select(session_territory.c.territory_id).where(
        session_territory.c.commission_session_id == day_id
    )
    return (
        select(Structure.id, Structure.name)
        .join(territory_structure, territory_structure.c.structure_id == Structure.id)
        .where(territory_structure.c.territory_id.in_(shared), Structure.archived_on.is_(None))
        .distinct()
        .order_by(Structure.name)
    )


_STRUCTURES = Prepared(_structures)


def tellers_of(
    item: AgendaItem | None, facilitators: tuple[tuple[uuid.UUID, str], ...], seats: tuple[Seat, ...]
) -> tuple[tuple[uuid.UUID, str], ...]:
    """Who may tell the person of a decision: the référent, the pair, those invited."""
    if item is None or item.dossier is None:
        return ()
    referent_id = item.dossier.referent_id
    referent = {referent_id: name} if (name := name_of(referent_id)) else {}
    people = {**referent, **dict(facilitators), **{seat.user_id: seat.name for seat in seats}}
    return tuple(people.items())


def name_of(user_id: uuid.UUID) -> str:
    """First and last name of a person; nothing for somebody who is not there."""
    return _NAME(user_id=user_id).scalar_one_or_none() or ""


_NAME = Prepared(lambda *, user_id: select(FULL_NAME).where(User.id == user_id))
