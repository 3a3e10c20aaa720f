"""Reads a day into a LiveView with few and narrow queries: it is read again after each act."""

import uuid
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Executable, select
from sqlalchemy.orm import aliased

from commission_app.accounts.models import User
from commission_app.core import clock
from commission_app.core.db import db
from commission_app.core.french import listed
from commission_app.dossiers.models import BlockCriterion, DiagnosisLine, Dossier
from commission_app.dossiers.presentation import household_words
from commission_app.dossiers.states import Criterion, DiagnosisItem, DossierState, Level
from commission_app.sessions.agenda.models import AgendaItem
from commission_app.sessions.agenda.schedule import Slot, schedule_of, whole_minutes
from commission_app.sessions.convening.models import Invitation
from commission_app.sessions.day.models import Attendance, ParkedIdea, SpeakRequest
from commission_app.sessions.day.view import (
    Clock,
    Current,
    Decided,
    Draft,
    Hand,
    LiveView,
    Parked,
    Point,
    Said,
    Seat,
    Situation,
)
from commission_app.sessions.decisions.models import Decision, DecisionDraft, DraftStance
from commission_app.sessions.models import CommissionSession, Facilitator, session_territory
from commission_app.sessions.states import Answer, DecisionKind, ItemState, SessionState
from commission_app.territories.models import Commune, Structure, Territory, territory_structure

FULL_NAME = User.first_name + " " + User.last_name
AWAY = frozenset({Answer.ABSENT})


def live_view(day_id: uuid.UUID) -> LiveView | None:
    """The day as it is now, for callers that checked who asks; None for a day that does not exist."""
    day = db.session.get(CommissionSession, day_id)
    if day is None:
        return None
    now = clock.now()
    items = _items(day.id)
    slots = schedule_of(items, day, now if day.state is SessionState.LIVE else None)
    points = tuple(_points(items, slots))
    current = next((item for item in items if item.state is ItemState.LIVE), None)
    facilitators = _facilitators(day.id)
    seats = _seats(day.id)
    decisions = _decisions(day.id)
    return LiveView(
        id=day.id,
        version=day.live_version,
        state=day.state,
        title=day.title,
        territories=_territories(day.id),
        starts_at=day.starts_at,
        closed_at=day.closed_at,
        floor_id=day.floor_id,
        facilitators=facilitators,
        clock=_clock(day, current, slots, now),
        points=points,
        current=_current(current, points),
        draft=_draft(day, current, decisions),
        decisions=decisions,
        hands=_hands(day.id),
        seats=seats,
        parked=_parked(day.id),
        structures=_structures(day.id),
        tellers=_tellers(current, facilitators, seats),
    )


def _rows(query: Executable) -> Iterable[Any]:
    return db.session.execute(query)


def _items(day_id: uuid.UUID) -> list[AgendaItem]:
    query = (
        select(AgendaItem)
        .where(AgendaItem.commission_session_id == day_id)
        .order_by(AgendaItem.position, AgendaItem.created_at)
    )
    items = list(db.session.scalars(query))
    wanted = [item.dossier_id for item in items if item.dossier_id]
    if wanted:
        list(db.session.scalars(select(Dossier).where(Dossier.id.in_(wanted))))
    return items


def _points(items: list[AgendaItem], slots: list[Slot]) -> Iterable[Point]:
    starts = {slot.item.id: slot.start for slot in slots}
    number = 0
    for item in items:
        number += 0 if item.is_fixed else 1
        code = item.dossier.code if item.dossier else ""
        yield Point(
            id=item.id,
            number=0 if item.is_fixed else number,
            name=item.name,
            short_name=short_code(code) or item.title or item.kind.label,
            kind=item.kind,
            state=item.state,
            starts_at=starts.get(item.id) or item.started_at or item.commission_session.starts_at,
            planned_minutes=item.planned_minutes,
            is_fixed=item.is_fixed,
            code=code,
        )


def short_code(code: str) -> str:
    """« ARL-014 » for ARL-2026-014."""
    parts = code.split("-")
    return f"{parts[0]}-{parts[-1]}" if len(parts) == 3 else code


def _clock(day: CommissionSession, item: AgendaItem | None, slots: list[Slot], now: datetime) -> Clock:
    late = next((slot for slot in slots if slot.late_minutes and slot.item.state is ItemState.WAITING), None)
    ends_at = max([slot.end for slot in slots], default=day.ends_at)
    over = max(0, whole_minutes(ends_at - day.ends_at))
    running = {}
    if item is not None:
        running = {
            "started_at": item.started_at,
            "spent": item.spent_seconds,
            "paused": item.paused_seconds,
            "planned": item.planned_minutes * 60,
        }
    return Clock(
        now=now,
        paused_at=day.paused_at,
        ends_at=ends_at,
        late_minutes=late.late_minutes if late else over,
        late_before=late.item.fixed_at if late else day.ends_at,
        late_name=late.item.kind.label.lower() if late else "fin de journée",
        **running,  # type: ignore[arg-type]
    )


def _current(item: AgendaItem | None, points: tuple[Point, ...]) -> Current | None:
    if item is None:
        return None
    point = next(point for point in points if point.id == item.id)
    presenter = (
        db.session.scalar(select(FULL_NAME).where(User.id == item.presenter_id)) if item.presenter_id else ""
    )
    return Current(
        point=point,
        version=item.version,
        text=item.text,
        presenter=presenter or "",
        notes=item.notes,
        situation=_situation(item.dossier) if item.dossier else None,
    )


def _situation(dossier: Dossier) -> Situation | None:
    if dossier.state is DossierState.WITHDRAWN:
        return None
    criteria = set(
        db.session.scalars(select(BlockCriterion.criterion).where(BlockCriterion.dossier_id == dossier.id))
    )
    query = select(DiagnosisLine.item, DiagnosisLine.level).where(DiagnosisLine.dossier_id == dossier.id)
    levels = {row.item: row.level for row in _rows(query)}
    commune = db.session.scalar(select(Commune.name).where(Commune.insee == dossier.insee))
    age = dossier.age_band.label if dossier.age_band else ""
    household = household_words(dossier.household, dossier.children_count)
    return Situation(
        question=dossier.question,
        header=" · ".join(part for part in (age, commune, household) if part),
        reasons=tuple(one.label for one in Criterion if one in criteria),
        freins=tuple(one.label for one in DiagnosisItem if levels.get(one) is Level.FREIN),
        strengths=tuple(one.label for one in DiagnosisItem if levels.get(one) is Level.STRENGTH),
    )


def _draft(day: CommissionSession, item: AgendaItem | None, decisions: tuple[Decided, ...]) -> Draft | None:
    teller = aliased(User)
    query = (
        select(DecisionDraft, AgendaItem, Structure.name, teller.first_name + " " + teller.last_name)
        .join(AgendaItem, DecisionDraft.agenda_item_id == AgendaItem.id)
        .outerjoin(Structure, DecisionDraft.structure_id == Structure.id)
        .outerjoin(teller, DecisionDraft.teller_id == teller.id)
        .where(AgendaItem.commission_session_id == day.id)
        .order_by(DecisionDraft.replaces_id.is_(None))
    )
    for draft, about, structure, name in _rows(query):
        if draft.replaces_id is None and (item is None or about.id != item.id):
            continue
        numbers = {decision.id: decision.number for decision in decisions}
        return Draft(
            id=draft.id,
            version=draft.version,
            item_id=about.id,
            point=about.name,
            kind=draft.kind,
            text=draft.text,
            structure_id=draft.structure_id,
            structure=structure or "",
            due_on=draft.due_on,
            teller_id=draft.teller_id,
            teller=name or "",
            tell_on=draft.tell_on,
            action_title=draft.action_title,
            offer_name=draft.offer_name,
            theme=draft.theme,
            replaces=numbers.get(draft.replaces_id) if draft.replaces_id else None,
            read_back_at=draft.read_back_at,
            said=_said(draft.id) if draft.read_back_at else (),
        )
    if item is None or item.is_fixed or day.state is not SessionState.LIVE:
        return None
    return Draft(None, 0, item.id, item.name, DecisionKind.SOLUTION, "")


def _said(draft_id: uuid.UUID) -> tuple[Said, ...]:
    query = (
        select(DraftStance.user_id, Structure.name, DraftStance.stance, DraftStance.words)
        .join(User, DraftStance.user_id == User.id)
        .outerjoin(Structure, User.structure_id == Structure.id)
        .where(DraftStance.draft_id == draft_id)
        .order_by(Structure.name, User.last_name)
    )
    return tuple(Said(user_id, name or "", stance, words) for user_id, name, stance, words in _rows(query))


def _decisions(day_id: uuid.UUID) -> tuple[Decided, ...]:
    query = (
        select(Decision, AgendaItem, Structure.name)
        .join(AgendaItem, Decision.agenda_item_id == AgendaItem.id)
        .outerjoin(Structure, Decision.structure_id == Structure.id)
        .where(Decision.commission_session_id == day_id)
        .order_by(Decision.number)
    )
    rows = list(_rows(query))
    numbers = {decision.id: decision.number for decision, _item, _name in rows}
    replaced = {decision.replaces_id: decision.number for decision, _item, _name in rows}
    return tuple(
        Decided(
            id=decision.id,
            number=decision.number,
            kind=decision.kind,
            text=decision.text,
            decided_at=decision.decided_at,
            point=item.dossier.code if item.dossier else item.name,
            structure_id=decision.structure_id,
            structure=name or "",
            due_on=decision.due_on,
            replaces=numbers.get(decision.replaces_id) if decision.replaces_id else None,
            replaced_by=replaced.get(decision.id),
        )
        for decision, item, name in rows
    )


def _hands(day_id: uuid.UUID) -> tuple[Hand, ...]:
    query = (
        select(SpeakRequest.id, SpeakRequest.user_id, FULL_NAME, Structure.name, SpeakRequest.given_at)
        .join(User, SpeakRequest.user_id == User.id)
        .outerjoin(Structure, SpeakRequest.structure_id == Structure.id)
        .where(SpeakRequest.commission_session_id == day_id, SpeakRequest.lowered_at.is_(None))
        .order_by(SpeakRequest.given_at.is_(None), SpeakRequest.raised_at)
    )
    return tuple(
        Hand(id_, user, name, structure or "", given is not None)
        for id_, user, name, structure, given in _rows(query)
    )


def _seats(day_id: uuid.UUID) -> tuple[Seat, ...]:
    spells = {
        row.user_id: row
        for row in _rows(
            select(Attendance.user_id, Attendance.arrived_at, Attendance.left_at, Attendance.stands_in)
            .where(Attendance.commission_session_id == day_id)
            .order_by(Attendance.arrived_at)
        )
    }
    query = (
        select(Invitation.user_id, FULL_NAME, Structure.name, Invitation.answer)
        .join(User, Invitation.user_id == User.id)
        .join(Structure, Invitation.structure_id == Structure.id)
        .where(Invitation.commission_session_id == day_id, Invitation.removed_at.is_(None))
        .order_by(Structure.name, User.last_name)
    )
    return tuple(_seat(row, spells.get(row.user_id)) for row in _rows(query))


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


def _parked(day_id: uuid.UUID) -> tuple[Parked, ...]:
    query = (
        select(ParkedIdea.id, ParkedIdea.kind, ParkedIdea.text, Structure.name)
        .join(User, ParkedIdea.author_id == User.id)
        .outerjoin(Structure, User.structure_id == Structure.id)
        .where(ParkedIdea.commission_session_id == day_id, ParkedIdea.handled_at.is_(None))
        .order_by(ParkedIdea.created_at)
    )
    return tuple(Parked(id_, kind, text, name or "") for id_, kind, text, name in _rows(query))


def _facilitators(day_id: uuid.UUID) -> tuple[tuple[uuid.UUID, str], ...]:
    query = (
        select(User.id, FULL_NAME)
        .join(Facilitator, Facilitator.user_id == User.id)
        .where(Facilitator.commission_session_id == day_id)
        .order_by(Facilitator.position)
    )
    return tuple((id_, name) for id_, name in _rows(query))


def _territories(day_id: uuid.UUID) -> str:
    query = (
        select(Territory.name)
        .join(session_territory, session_territory.c.territory_id == Territory.id)
        .where(session_territory.c.commission_session_id == day_id)
        .order_by(Territory.name)
    )
    return listed([name for (name,) in _rows(query)])


def _structures(day_id: uuid.UUID) -> tuple[tuple[uuid.UUID, str], ...]:
    shared = select(session_territory.c.territory_id).where(
        session_territory.c.commission_session_id == day_id
    )
    query = (
        select(Structure.id, Structure.name)
        .join(territory_structure, territory_structure.c.structure_id == Structure.id)
        .where(territory_structure.c.territory_id.in_(shared), Structure.archived_on.is_(None))
        .distinct()
        .order_by(Structure.name)
    )
    return tuple((id_, name) for id_, name in _rows(query))


def _tellers(
    item: AgendaItem | None, facilitators: tuple[tuple[uuid.UUID, str], ...], seats: tuple[Seat, ...]
) -> tuple[tuple[uuid.UUID, str], ...]:
    if item is None or item.dossier is None:
        return ()
    referent = tuple(
        (id_, name)
        for id_, name in _rows(select(User.id, FULL_NAME).where(User.id == item.dossier.referent_id))
    )
    people = {**dict(referent), **dict(facilitators), **{seat.user_id: seat.name for seat in seats}}
    return tuple(people.items())
