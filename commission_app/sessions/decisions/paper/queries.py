"""The sheets of a day: its open points in order, and what each may be filled in with."""

import uuid
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import lazyload

from commission_app.accounts.models import User
from commission_app.core import clock
from commission_app.core.db import db
from commission_app.core.errors import NotFoundError
from commission_app.sessions.agenda.models import AgendaItem
from commission_app.sessions.agenda.queries import items_of, later_sessions
from commission_app.sessions.agenda.schedule import Slot, schedule_of
from commission_app.sessions.convening.models import Invitation
from commission_app.sessions.convening.queries import invitations_of
from commission_app.sessions.day.roster import structures_of
from commission_app.sessions.decisions.models import Decision
from commission_app.sessions.decisions.paper.policies import can_enter_paper
from commission_app.sessions.models import CommissionSession
from commission_app.sessions.queries import get_session
from commission_app.sessions.states import FIXED_KINDS, UPCOMING, Answer, ItemKind, ItemState, SessionState

COMING = frozenset({Answer.PRESENT, Answer.REPLACED})


@dataclass(frozen=True)
class Sheets:
    """What the page of a paper day shows: the open points with their hours, and the lists to choose from."""

    day: CommissionSession
    slots: list[Slot]
    invitations: list[Invitation]
    structures: list[tuple[uuid.UUID, str]]
    people: list[tuple[uuid.UUID, str]]
    targets: list[CommissionSession]

    @property
    def items(self) -> list[AgendaItem]:
        """The open points in order."""
        return [slot.item for slot in self.slots]

    @property
    def by_id(self) -> dict[str, Slot]:
        """Each open point by its identifier."""
        return {str(slot.item.id): slot for slot in self.slots}

    @property
    def invited(self) -> list[tuple[uuid.UUID, str]]:
        """The structures invited, each once."""
        return list({one.structure_id: one.structure.name for one in self.invitations}.items())

    @property
    def expected(self) -> list[uuid.UUID]:
        """The structures that said they would come."""
        return [one.structure_id for one in self.invitations if one.answer in COMING]


def get_paper_day(actor: User, session_id: uuid.UUID) -> CommissionSession:
    """A day that may be entered from paper: it has begun and is not closed; any other does not exist."""
    day = get_session(actor, session_id)
    if not can_enter_paper(actor, day) or not may_be_entered(day):
        raise NotFoundError()
    return day


def may_be_entered(day: CommissionSession) -> bool:
    """Whether the day was begun here, or its hour has come, and nobody has closed it."""
    has_come = day.state in UPCOMING and day.starts_at <= clock.now()
    return day.state is SessionState.LIVE or has_come


def sheets_of(day: CommissionSession) -> Sheets:
    """What is left to enter of a day, in a bounded number of queries."""
    items = items_of(day)
    still_open = {item.id for item in open_items(day, items)}
    invitations = invitations_of(day)
    return Sheets(
        day=day,
        slots=[slot for slot in schedule_of(items, day) if slot.item.id in still_open],
        invitations=invitations,
        structures=list(structures_of(day.id)),
        people=_people(day, items, invitations),
        targets=later_sessions(day),
    )


def open_items(day: CommissionSession, items: list[AgendaItem]) -> list[AgendaItem]:
    """The points that still say nothing: not seen, under way, or a situation seen without a decision."""
    decided = set(
        db.session.scalars(select(Decision.agenda_item_id).where(Decision.commission_session_id == day.id))
    )
    return [item for item in items if item.id not in decided and _is_open(item)]


def _is_open(item: AgendaItem) -> bool:
    if item.kind in FIXED_KINDS or item.kind is ItemKind.CLOSING or item.state is ItemState.POSTPONED:
        return False
    return item.state is not ItemState.DONE or item.dossier_id is not None


def _people(
    day: CommissionSession, items: list[AgendaItem], invitations: list[Invitation]
) -> list[tuple[uuid.UUID, str]]:
    """Who may tell a person: the référents, the pair, those invited."""
    wanted = {item.dossier.referent_id for item in items if item.dossier is not None}
    referents = db.session.scalars(
        select(User).where(User.id.in_(wanted)).options(lazyload(User.memberships))
    )
    found = [*referents, *(one.user for one in day.facilitators), *(one.user for one in invitations)]
    return list({person.id: person.full_name for person in found}.items())
