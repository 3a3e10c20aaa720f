"""Reads a day into a LiveView with few and narrow queries: it is read again after each act."""

import uuid
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from commission_app.core import clock
from commission_app.core.db import db
from commission_app.dossiers.presentation import household_words
from commission_app.dossiers.states import Criterion, DiagnosisItem, DossierState, Level
from commission_app.sessions.agenda.models import AgendaItem
from commission_app.sessions.agenda.queries import opinions_of
from commission_app.sessions.agenda.schedule import Slot, schedule_of, whole_minutes
from commission_app.sessions.day import statements
from commission_app.sessions.day.needs import coverage_now
from commission_app.sessions.day.notes.queries import print_of
from commission_app.sessions.day.replanning.queries import last_change
from commission_app.sessions.day.roster import (
    facilitators_of,
    hands_of,
    name_of,
    parked_of,
    seats_of,
    spoken_of,
    structures_of,
    tellers_of,
    territories_of,
    there_of,
)
from commission_app.sessions.day.sharing import room_may_read
from commission_app.sessions.day.view import (
    Clock,
    Current,
    Decided,
    Draft,
    LiveView,
    Point,
    Said,
    Situation,
)
from commission_app.sessions.decisions.models import DecisionDraft, DraftStance
from commission_app.sessions.models import CommissionSession
from commission_app.sessions.states import DecisionKind, ItemState, SessionState


def live_view(day_id: uuid.UUID) -> LiveView | None:
    """The whole day as it is now, for callers that checked who asks; None for a day that does not exist."""
    view = room_view(day_id)
    return with_desk(view) if view is not None else None


def with_desk(view: LiveView) -> LiveView:
    """A view completed by what the facilitators' desk alone shows; read in the transaction of the view."""
    item = db.session.get(AgendaItem, view.current.point.id) if view.current else None
    seats = seats_of(view.id)
    written = opinions_of(item) if item is not None else []
    return replace(
        view,
        seats=seats,
        spoken=spoken_of(view.id),
        coverage=tuple(coverage_now(item, written)) if item is not None else (),
        opinions=tuple((one.structure.name, one.text) for one in written),
        parked=parked_of(view.id),
        structures=structures_of(view.id),
        tellers=tellers_of(item, view.facilitators, seats),
        change=(change.id, change.words) if (change := last_change(view.id)) else None,
    )


def room_view(day_id: uuid.UUID) -> LiveView | None:
    """What the participants and the room screen show of the day: they are many, nothing more is read for
    them."""
    day = db.session.get(CommissionSession, day_id)
    if day is None:
        return None
    now = clock.now()
    items = _items(day.id)
    slots = schedule_of(items, day, now if day.state is SessionState.LIVE else None)
    points = tuple(_points(items, slots))
    current = next((item for item in items if item.state is ItemState.LIVE), None)
    decisions = _decisions(day.id)
    return LiveView(
        id=day.id,
        version=day.live_version,
        state=day.state,
        title=day.title,
        territories=territories_of(day.id),
        starts_at=day.starts_at,
        closed_at=day.closed_at,
        floor_id=day.floor_id,
        facilitators=facilitators_of(day.id),
        clock=_clock(day, current, slots, now),
        points=points,
        current=_current(current, points),
        draft=_draft(day, current, decisions),
        decisions=decisions,
        hands=hands_of(day.id),
        there=there_of(day.id),
    )


def _items(day_id: uuid.UUID) -> list[AgendaItem]:
    found = list(statements.ITEMS(day_id=day_id).scalars())
    db.session().info["day_items"] = found  # the session itself would let go of them before the desk is read
    return found


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
    situation = _situation(item) if item.dossier_id else None
    return Current(
        point=point,
        version=item.version,
        text=item.text,
        presenter=name_of(item.presenter_id) if item.presenter_id else "",
        notes=item.notes,
        notes_print=print_of(item.notes),
        situation=situation,
        is_reserved=item.dossier_id is not None and situation is None,
    )


def _situation(item: AgendaItem) -> Situation | None:
    dossier = item.dossier
    if dossier is None or dossier.state is DossierState.WITHDRAWN:
        return None
    scope, commune = statements.SCOPE(dossier_id=dossier.id, insee=dossier.insee).one()
    if not room_may_read(item.commission_session_id, scope):
        return None
    criteria = set(statements.CRITERIA(dossier_id=dossier.id).scalars())
    levels = {row.item: row.level for row in statements.LEVELS(dossier_id=dossier.id)}
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
    for draft, about, structure, name in statements.DRAFTS(day_id=day.id):
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
            said=_said(draft) if draft.read_back_at else (),
        )
    if item is None or item.is_fixed or day.state is not SessionState.LIVE:
        return None
    return Draft(None, 0, item.id, item.name, DecisionKind.SOLUTION, "")


def _said(draft: DecisionDraft) -> tuple[Said, ...]:
    return tuple(
        Said(user_id, name or "", stance, _words(draft, id_, kept))
        for id_, user_id, name, stance, kept in statements.SAID(draft_id=draft.id)
    )


def _words(draft: DecisionDraft, stance_id: uuid.UUID, kept: bytes) -> str:
    return DraftStance.words.open(db.session(), kept, row_id=stance_id, dossier_id=draft.dossier_id)


def _decisions(day_id: uuid.UUID) -> tuple[Decided, ...]:
    found = list(statements.DECISIONS(day_id=day_id))
    numbers = {decision.id: decision.number for decision, _item, _name in found}
    replaced = {decision.replaces_id: decision.number for decision, _item, _name in found}
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
        for decision, item, name in found
    )
