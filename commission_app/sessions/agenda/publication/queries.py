"""Whom a publication reaches, what it freezes, what changed since the one before."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import lazyload

from commission_app.accounts.models import User
from commission_app.core.db import db
from commission_app.core.french import duration, hour, listed
from commission_app.sessions.agenda.models import AgendaItem, AgendaVersion
from commission_app.sessions.agenda.queries import Table, agreements_by_dossier, items_of
from commission_app.sessions.agenda.schedule import Slot, overflow_minutes, schedule_of
from commission_app.sessions.convening.models import Invitation
from commission_app.sessions.models import CommissionSession


@dataclass(frozen=True)
class Audience:
    """Whom a publication reaches, in numbers."""

    people: int
    structures: int
    dossiers: int
    referents: int


def audience_of(table: Table, items: Sequence[AgendaItem]) -> Audience:
    """The people and structures invited, the dossiers to read, the référents who get their hour."""
    dossiers = [item for item in items if item.dossier_id]
    presenters = {item.presenter_id for item in dossiers}
    return Audience(table.people, table.structures, len(dossiers), len(presenters))


def versions_count(day: CommissionSession) -> int:
    """How many versions were published; the newest carries this number."""
    query = select(func.max(AgendaVersion.number)).where(AgendaVersion.commission_session_id == day.id)
    return db.session.scalar(query) or 0


def last_version(day: CommissionSession) -> AgendaVersion | None:
    """What participants read now; None before the first publication."""
    query = select(AgendaVersion).where(AgendaVersion.commission_session_id == day.id)
    return db.session.scalar(query.order_by(AgendaVersion.number.desc()).limit(1))


def invited_people(day: CommissionSession) -> list[User]:
    """The people invited to a day, each once."""
    query = (
        select(User)
        .join(Invitation, Invitation.user_id == User.id)
        .where(
            Invitation.commission_session_id == day.id,
            Invitation.removed_at.is_(None),
            User.closed_at.is_(None),
        )
        .options(lazyload(User.memberships))
    )
    return list(db.session.scalars(query))


def frozen_content(slots: Sequence[Slot]) -> list[dict[str, Any]]:
    """What a version keeps of each point. No question and no text of a dossier: those are read live, as long
    as the agreement holds."""
    return [
        {
            "item_id": str(slot.item.id),
            "dossier_id": str(slot.item.dossier_id) if slot.item.dossier_id else "",
            "kind": slot.item.kind.value,
            "name": slot.item.name,
            "starts": slot.start.isoformat(),
            "ends": slot.end.isoformat(),
            "minutes": slot.minutes,
            "structure": slot.item.presenter.structure_name if slot.item.presenter else "",
            "needed": list(slot.item.dossier.needed) if slot.item.dossier else [],
        }
        for slot in slots
    ]


def changes_between(before: Sequence[dict[str, Any]], after: Sequence[dict[str, Any]]) -> list[str]:
    """What changed from one version to the next, as sentences in the order of the day."""
    was = {point["item_id"]: point for point in before}
    told = [_change(was.get(point["item_id"]), point) for point in after]
    kept = {point["item_id"] for point in after}
    gone = [f"{point['name']} : retiré" for point in before if point["item_id"] not in kept]
    return [sentence for sentence in told if sentence] + gone


def _change(was: dict[str, Any] | None, now: dict[str, Any]) -> str:
    if was is None:
        return f"{now['name']} : ajouté à {_hour(now)}"
    told = []
    if was["starts"] != now["starts"]:
        told.append(f"à {_hour(now)} au lieu de {_hour(was)}")
    if was["minutes"] != now["minutes"]:
        told.append(f"{duration(now['minutes'])} au lieu de {duration(was['minutes'])}")
    return f"{now['name']} : {', '.join(told)}" if told else ""


def _hour(point: dict[str, Any]) -> str:
    return hour(datetime.fromisoformat(point["starts"]))


def item_ids(version: AgendaVersion | None) -> set[uuid.UUID]:
    """The points that a version shows."""
    return {uuid.UUID(point["item_id"]) for point in version.content} if version else set()


def publication_obstacles(day: CommissionSession) -> list[str]:
    """What forbids publishing now, as sentences; empty when the agenda is ready."""
    items = items_of(day)
    slots = schedule_of(items, day)
    told = [] if slots else ["La journée n’a aucun point."]
    if over := overflow_minutes(slots, day):
        told.append(f"La journée dépasse de {duration(over)}.")
    if without := _without_agreement([slot.item for slot in slots]):
        told.append(f"Sans accord de partage valable : {listed(without)}.")
    return told


def _without_agreement(items: list[AgendaItem]) -> list[str]:
    found = agreements_by_dossier([item.dossier_id for item in items if item.dossier_id])
    held = {dossier_id for dossier_id, agreement in found.items() if agreement.holds_today}
    return [item.dossier.code for item in items if item.dossier and item.dossier_id not in held]
