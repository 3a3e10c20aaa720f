"""Calling a commission together and laying its agenda, as a coordination does."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from commission_app.binomes.states import Competence
from commission_app.core import clock
from commission_app.core.db import db
from commission_app.core.events import Event
from commission_app.demo.cast.places import HOUSES, PLACES
from commission_app.demo.world import World
from commission_app.sessions.agenda import services
from commission_app.sessions.agenda.models import AgendaItem
from commission_app.sessions.agenda.queries import items_of
from commission_app.sessions.calendar.services import UID_DOMAIN
from commission_app.sessions.convening.models import Invitation
from commission_app.sessions.hours import day_of
from commission_app.sessions.members import Member, members_of
from commission_app.sessions.models import CommissionSession, Facilitator
from commission_app.sessions.programme.frame import Programme, agenda_due, season_title, usual_programme
from commission_app.sessions.states import Answer, ItemKind, SessionState
from commission_app.territories.models import Structure

#: Who answered what, in turn: most come, some for a part of the day, some send somebody.
ANSWERS = (Answer.PRESENT,) * 7 + (Answer.ABSENT, Answer.PRESENT, Answer.REPLACED)
#: By how much a break may wait for the end of a point.
LATE = timedelta(minutes=10)
DIETS = ("", "", "végétarien", "", "sans gluten", "", "")


def announce(
    world: World, key: str, code: str, starts_at: datetime, hours: int, facilitators: Iterable[str]
) -> CommissionSession:
    """Put a day on the calendar of a territory with the pair that runs it."""
    place = next(place for place in PLACES if place.code == code)
    territory, on = world.territories[code], clock.local(starts_at).date()
    people = [world.people[name] for name in facilitators]
    day = CommissionSession(
        territory=territory,
        territories=[territory],
        state=SessionState.PUBLISHED,
        title=season_title(on),
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=hours),
        place=place.room,
        access=place.access,
        programme=_programme_from(clock.local(starts_at)),
        agenda_due_on=agenda_due(on),
        ics_uid=f"commission-demo-{key}-{on:%Y%m%d}@{UID_DOMAIN}",
        facilitators=[Facilitator(user=user, position=place) for place, user in enumerate(people, 1)],
    )
    db.session.add(day)
    db.session.flush()
    remember(world, code, "session_published", day)
    world.days[key] = day
    return day


def _programme_from(start: datetime) -> Programme:
    """The usual programme, by the hours of a day that begins when it does."""
    shift = start - start.replace(hour=9, minute=0)

    def moved(hour: object) -> str:
        at = datetime.strptime(f"{start:%Y-%m-%d} {hour}", "%Y-%m-%d %H:%M") + shift
        return f"{at:%H:%M}"

    return [{**line, "starts": moved(line["starts"])} for line in usual_programme()]


def remember(world: World, code: str, name: str, day: CommissionSession, **data: object) -> None:
    """Write an act of the coordination into the history without sending what it would send today."""
    event = Event(
        at=clock.now(),
        name=name,
        actor_id=world.coordinator(code).id,
        subject_type="CommissionSession",
        subject_id=day.id,
        territory_id=day.territory_id,
        commission_session_id=day.id,
        data=data,
    )
    db.session.add(event)
    db.session.flush()


def invite_all(world: World, code: str, day: CommissionSession) -> list[Member]:
    """Convene every member of a past day; the mails of then are not sent now."""
    members = members_of([day.territory_id], day_of(day))
    for member in members:
        db.session.add(
            Invitation(commission_session=day, user=member.user, structure=member.structure, sent_sequence=0)
        )
    day.state, day.convened_at = SessionState.CONVENED, clock.now()
    remember(world, code, "session_convened", day, count=len(members))
    return members


def answer_for(invitation: Invitation, number: int) -> None:
    """Fill in what a member answered."""
    invitation.answer = ANSWERS[number % len(ANSWERS)]
    invitation.answered_at = clock.now()
    if invitation.answer is Answer.REPLACED:
        invitation.replaced_by = "Fanny Thymelade"
    if invitation.answer is not Answer.ABSENT:
        invitation.takes_lunch = number % 4 != 3
        invitation.diet = DIETS[number % len(DIETS)]


def lay_agenda(world: World, code: str, day: CommissionSession, dossiers: Iterable[str]) -> None:
    """Frame, situations, then what the afternoon is for, in an order that keeps the breaks at their hours."""
    actor = world.coordinator(code)
    services.start_agenda(actor, day)
    for key in dossiers:
        services.place_dossier(actor, day, world.dossiers[key])


def put_in_order(day: CommissionSession) -> None:
    """Set the points around the breaks: as many before a break as end by its hour."""
    items = items_of(day)
    first = [item for item in items if item.kind is ItemKind.WELCOME]
    last = [item for item in items if item.kind is ItemKind.CLOSING]
    fixed = [item for item in items if item.fixed_at and item not in first]
    free = sorted((item for item in items if item not in (*first, *fixed, *last)), key=_rank)
    for position, item in enumerate([*first, *_between(day, first, fixed, free), *last]):
        item.position = position
    db.session.flush()


def carrier(world: World, code: str, competence: Competence) -> Structure:
    """The structure of a territory for which a competence comes first among those it brings."""
    here = [house for house in HOUSES if code in house.territories]
    able = [house for house in here if competence in house.brings] or here
    return world.houses[min(able, key=lambda house: _place_of(competence, house.brings)).key]


def _place_of(competence: Competence, brings: tuple[Competence, ...]) -> int:
    return brings.index(competence) if competence in brings else len(brings)


def _rank(item: AgendaItem) -> tuple[int, int]:
    order = (ItemKind.FOLLOW_UP, ItemKind.DOSSIER, ItemKind.MODEL, ItemKind.NEW_ACTION, ItemKind.OFFER)
    return (order.index(item.kind) if item.kind in order else len(order), item.position)


def _between(
    day: CommissionSession, first: list[AgendaItem], fixed: list[AgendaItem], free: list[AgendaItem]
) -> Iterable[AgendaItem]:
    cursor = day.starts_at + timedelta(minutes=sum(item.planned_minutes for item in first))
    breaks = sorted(fixed, key=lambda item: item.fixed_at or day.ends_at)
    for item in free:
        would_end = cursor + timedelta(minutes=item.planned_minutes) - LATE
        while breaks and (breaks[0].fixed_at or day.ends_at) < would_end:
            cursor = (breaks[0].fixed_at or cursor) + timedelta(minutes=breaks[0].planned_minutes)
            yield breaks.pop(0)
        cursor += timedelta(minutes=item.planned_minutes)
        yield item
    yield from breaks
