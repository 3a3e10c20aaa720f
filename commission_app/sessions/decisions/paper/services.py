"""A day held on paper becomes a day of the register, in one act."""

import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import select

from commission_app.accounts.models import User
from commission_app.core import clock
from commission_app.core.db import db
from commission_app.core.errors import InvalidInputError, StaleError, WrongStateError
from commission_app.core.events import record
from commission_app.core.policies import require
from commission_app.dossiers.services import postpone_dossier, treat_dossier
from commission_app.dossiers.states import DossierState
from commission_app.sessions.agenda.models import AgendaItem
from commission_app.sessions.agenda.postponement.services import postpone_item
from commission_app.sessions.agenda.queries import items_of, later_sessions
from commission_app.sessions.agenda.schedule import schedule_of
from commission_app.sessions.convening.queries import invitations_of
from commission_app.sessions.day.models import Attendance
from commission_app.sessions.day.queries import hold
from commission_app.sessions.decisions.entry import Room, enter_decision, expect_complete, present_in
from commission_app.sessions.decisions.models import DecisionDraft
from commission_app.sessions.decisions.paper.policies import can_enter_paper
from commission_app.sessions.decisions.paper.queries import COMING, may_be_entered, open_items
from commission_app.sessions.decisions.paper.states import Outcome
from commission_app.sessions.models import CommissionSession
from commission_app.sessions.states import SESSION_TRANSITIONS, DecisionKind, ItemState, SessionState


@dataclass(frozen=True)
class Sheet:
    """What was written on paper about one point."""

    item_id: uuid.UUID
    outcome: Outcome
    text: str = ""
    kind: DecisionKind = DecisionKind.SOLUTION
    action_title: str = ""
    structure_id: uuid.UUID | None = None
    due_on: date | None = None
    teller_id: uuid.UUID | None = None
    tell_on: date | None = None
    named: str = ""
    agreed: int = 0
    reservations: list[dict[str, str]] = field(default_factory=list)
    to_id: uuid.UUID | None = None


class SheetFault(InvalidInputError):
    """What a sheet lacks; nothing of the day is written."""

    def __init__(self, item_id: uuid.UUID, message: str, *, field: str) -> None:
        super().__init__(message, field=field)
        self.item_id = item_id


def enter_paper_day(
    actor: User, day: CommissionSession, sheets: Sequence[Sheet], *, present: Collection[uuid.UUID]
) -> None:
    """Write everything that a day on paper decided, then close the day; facilitators and coordination may.

    The sheets go through the same register, in the order of the day: each decision bears the hour planned for
    the end of its point, its event the hour of the entry. `present` are the structures that were there. What
    no sheet tells waits for another session. All of it is written, or nothing: refused when the hour of the
    day has not come, when it is closed, when a sheet lacks something, and when the points changed meanwhile.
    """
    require(can_enter_paper(actor, day), "Les co-animateurs et la coordination saisissent la journée.")
    hold(day)
    if not may_be_entered(day):
        raise WrongStateError("Cette journée n’a pas commencé, ou elle est déjà close.")
    items = {item.id: item for item in open_items(day, items_of(day))}
    if {sheet.item_id for sheet in sheets} != set(items):
        raise StaleError("L’ordre du jour a changé entre-temps. Vérifiez les points, puis enregistrez.")
    _open(day)
    _note_presence(day, present)
    hours = _hours(day)
    for sheet in sheets:
        _enter(actor, items[sheet.item_id], sheet, hours.get(sheet.item_id, day.ends_at))
        db.session.flush()
    record(actor, "session_entered_from_paper", day, sheets=len(sheets))
    _close(actor, day)


def _open(day: CommissionSession) -> None:
    if day.state is not SessionState.LIVE:
        day.state = SESSION_TRANSITIONS.after(day.state, "start")
        day.started_at = day.starts_at
    day.paused_at = None


def _close(actor: User, day: CommissionSession) -> None:
    day.state = SESSION_TRANSITIONS.after(day.state, "close")
    day.closed_at = clock.now()
    record(actor, "session_closed", day)


def _note_presence(day: CommissionSession, present: Collection[uuid.UUID]) -> None:
    """One person for each structure: who said to come, or else the first invited."""
    there = set(present_in(day))
    by_structure: dict[uuid.UUID, list[Attendance]] = {}
    for invitation in sorted(invitations_of(day), key=lambda one: one.answer not in COMING):
        attendance = Attendance(
            commission_session_id=day.id,
            user_id=invitation.user_id,
            structure_id=invitation.structure_id,
            stands_in=invitation.replaced_by,
            arrived_at=day.starts_at,
        )
        comes = invitation.answer in COMING
        if comes or invitation.structure_id not in by_structure:
            by_structure.setdefault(invitation.structure_id, []).append(attendance)
    for structure_id in present:
        if str(structure_id) not in there:
            db.session.add_all(by_structure.get(structure_id, []))
    db.session.flush()


def _hours(day: CommissionSession) -> Mapping[uuid.UUID, datetime]:
    """When each point was to end, never later than now."""
    return {slot.item.id: min(slot.end, clock.now()) for slot in schedule_of(items_of(day), day)}


def _enter(actor: User, item: AgendaItem, sheet: Sheet, at: datetime) -> None:
    _forget_draft(item)
    if sheet.outcome is Outcome.DECIDED:
        _decide(actor, item, sheet, at)
    elif sheet.outcome is Outcome.SEEN:
        _see(actor, item)
    elif sheet.outcome is Outcome.PUT_OFF:
        _put_off(actor, item, sheet)
    elif item.state is ItemState.LIVE:
        item.state, item.started_at = ItemState.WAITING, None
    elif item.state is ItemState.DONE:
        _see(actor, item)


def _decide(actor: User, item: AgendaItem, sheet: Sheet, at: datetime) -> None:
    draft = DecisionDraft(
        agenda_item_id=item.id,
        author_id=actor.id,
        kind=sheet.kind,
        text=sheet.text,
        action_title=sheet.action_title,
        structure_id=sheet.structure_id,
        due_on=sheet.due_on,
        teller_id=sheet.teller_id if item.dossier_id else None,
        tell_on=sheet.tell_on if item.dossier_id else None,
        offer_name=sheet.named if sheet.kind is DecisionKind.NEW_OFFER else "",
        theme=sheet.named if sheet.kind is DecisionKind.REMONTEE else "",
    )
    try:
        expect_complete(draft)
    except InvalidInputError as error:
        raise SheetFault(item.id, error.message, field=error.field) from error
    db.session.add(draft)
    db.session.flush()
    room = Room(at, present_in(item.commission_session), sheet.agreed, sheet.reservations)
    enter_decision(actor, draft, room)
    item.state = ItemState.DONE
    if item.dossier is not None and item.dossier.state is DossierState.SCHEDULED:
        treat_dossier(actor, item.dossier)


def _see(actor: User, item: AgendaItem) -> None:
    """A situation seen without a decision waits for another session."""
    item.state = ItemState.DONE
    if item.dossier is not None and item.dossier.state is DossierState.SCHEDULED:
        postpone_dossier(actor, item.dossier)


def _put_off(actor: User, item: AgendaItem, sheet: Sheet) -> None:
    if not sheet.text:
        raise SheetFault(item.id, "Écrivez pourquoi le point est reporté.", field="text")
    day = item.commission_session
    targets = {target.id: target for target in later_sessions(day)}
    if sheet.to_id is not None and sheet.to_id not in targets:
        raise SheetFault(item.id, "Choisissez une session encore à venir.", field="to_id")
    if item.state is ItemState.DONE:
        item.state = ItemState.WAITING
    postpone_item(actor, item, to=targets.get(sheet.to_id) if sheet.to_id else None, reason=sheet.text)


def _forget_draft(item: AgendaItem) -> None:
    for draft in db.session.scalars(select(DecisionDraft).where(DecisionDraft.agenda_item_id == item.id)):
        db.session.delete(draft)
    db.session.flush()
