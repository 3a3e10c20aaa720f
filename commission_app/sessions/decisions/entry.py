"""The one door into the register: a draft becomes a decision, chained to the one before, with what follows
from it."""

import uuid
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select

from commission_app.accounts.models import User
from commission_app.core import clock
from commission_app.core.db import db
from commission_app.core.errors import InvalidInputError
from commission_app.core.events import record
from commission_app.sessions.day.models import Attendance
from commission_app.sessions.decisions.consequences import follow_decision, has_followed
from commission_app.sessions.decisions.models import Decision, DecisionDraft
from commission_app.sessions.decisions.register import digest_of, first_digest
from commission_app.sessions.models import CommissionSession
from commission_app.sessions.states import DecisionKind, Stance


@dataclass(frozen=True)
class Room:
    """Who was there when it was decided, and what the room said of it."""

    decided_at: datetime
    present: list[str]
    agreed: int = 0
    reservations: list[dict[str, str]] = field(default_factory=list)


def room_of(day: CommissionSession, draft: DecisionDraft) -> Room:
    """The room as it is now, and what it said of the draft that it read."""
    return Room(
        decided_at=clock.now(),
        present=present_in(day),
        agreed=sum(said.stance is Stance.AGREED for said in draft.stances),
        reservations=[
            {"structure": said.user.structure_name, "words": said.words}
            for said in draft.stances
            if said.stance is Stance.RESERVED
        ],
    )


def present_in(day: CommissionSession) -> list[str]:
    """The identifiers of the structures that are there now."""
    there = select(Attendance.structure_id).where(
        Attendance.commission_session_id == day.id, Attendance.left_at.is_(None)
    )
    return sorted(str(structure_id) for structure_id in db.session.scalars(there.distinct()))


def expect_complete(draft: DecisionDraft) -> None:
    """Refuse a draft that could not be recorded; for the services of decisions."""
    if len(draft.text) < 3:
        raise InvalidInputError("Écrivez ce qui est décidé.", field="text")
    if draft.structure_id is not None and draft.due_on is None:
        raise InvalidInputError("Dites pour quand : une action sans date se perd.", field="due_on")
    if draft.due_on is not None and draft.structure_id is None:
        raise InvalidInputError("Dites qui s’en charge.", field="structure_id")
    if has_followed(draft):
        return
    if draft.kind is DecisionKind.NEW_OFFER and len(draft.offer_name) < 3:
        raise InvalidInputError("Donnez un nom à la nouvelle offre.", field="offer_name")
    if draft.kind is DecisionKind.REMONTEE and not draft.theme:
        raise InvalidInputError("Donnez un thème à la remontée.", field="theme")


def enter_decision(actor: User, draft: DecisionDraft, room: Room) -> Decision:
    """Write a complete draft into the register, make what it calls for, and let the draft go.

    Called by services that hold the lock of the day and have checked who may.
    """
    decision = _entry(actor, draft, room)
    decision.digest = digest_of(decision)
    db.session.add(decision)
    db.session.flush()
    record(actor, "decision_recorded", decision, kind=decision.kind.value, number=decision.number)
    follow_decision(actor, decision, draft)
    db.session.delete(draft)
    return decision


def _entry(actor: User, draft: DecisionDraft, room: Room) -> Decision:
    item = draft.agenda_item
    last = _last_of(item.commission_session_id)
    return Decision(
        id=uuid.uuid4(),
        commission_session_id=item.commission_session_id,
        agenda_item_id=item.id,
        dossier_id=item.dossier_id,
        draft_id=draft.id,
        number=last.number + 1 if last else 1,
        kind=draft.kind,
        text=draft.text,
        structure_id=draft.structure_id,
        due_on=draft.due_on,
        teller_id=draft.teller_id,
        tell_on=draft.tell_on,
        decided_at=room.decided_at,
        decided_by_id=actor.id,
        present=room.present,
        agreed_count=room.agreed,
        reservations=room.reservations,
        replaces_id=draft.replaces_id,
        previous_digest=last.digest if last else first_digest(item.commission_session_id),
    )


def _last_of(session_id: uuid.UUID) -> Decision | None:
    return db.session.scalar(
        select(Decision)
        .where(Decision.commission_session_id == session_id)
        .order_by(Decision.number.desc())
        .limit(1)
    )
