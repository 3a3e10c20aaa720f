"""The agenda on paper: the order of the day, and the pack for a day without network."""

import uuid
from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload, lazyload

from commission_app.accounts.models import User
from commission_app.core.db import db
from commission_app.core.french import duration, long_date, long_moment, short_moment
from commission_app.core.pdf import render_pdf
from commission_app.dossiers.models import Dossier
from commission_app.dossiers.presentation import Presentation, presentations_of
from commission_app.dossiers.queries import HEAD
from commission_app.sessions.agenda.models import AgendaItem, AgendaVersion
from commission_app.sessions.agenda.policies import reader_structure_ids, reads_presentation
from commission_app.sessions.agenda.publication.reading import Point
from commission_app.sessions.agenda.queries import agreements_by_dossier, items_of, schedule_of
from commission_app.sessions.convening.models import Invitation
from commission_app.sessions.models import CommissionSession
from commission_app.sessions.states import ItemKind


def agenda_pdf(day: CommissionSession, version: AgendaVersion, points: Sequence[Point]) -> bytes:
    """The published agenda for one reader."""
    data = {
        **_head(day, f"Ordre du jour du {long_date(day.starts_at)}"),
        "version": f"Version {version.number}, publiée le {short_moment(version.published_at)}",
        "changes": version.changes,
        "points": [
            {
                "hours": point.span,
                "name": point.name,
                "kind": point.kind.label,
                "detail": point.question or ("" if point.is_fixed else point.structure),
                "minutes": duration(point.minutes),
                "fixed": point.is_fixed,
            }
            for point in points
        ],
    }
    return render_pdf("agenda", data)


def paper_pack(actor: User, day: CommissionSession) -> bytes:
    """All that the day needs without network: order and hours, the presentations that the reader may read,
    boxes to write decisions in, how to reach the structures."""
    slots = schedule_of(items_of(day), day)
    readable = _readable(actor, day, [slot.item for slot in slots])
    data = {
        **_head(day, f"Dossier papier du {long_date(day.starts_at)}"),
        "points": [
            {
                "hours": slot.span,
                "name": slot.item.name,
                "kind": slot.item.kind.label,
                "minutes": duration(slot.minutes),
                "fixed": slot.item.is_fixed,
                "decides": not slot.item.is_fixed and slot.item.kind is not ItemKind.CLOSING,
                "text": slot.item.text,
                "presentation": _told(readable.get(slot.item.dossier_id) if slot.item.dossier_id else None),
            }
            for slot in slots
        ],
        "contacts": _contacts(day),
    }
    return render_pdf("paper_pack", data)


def _head(day: CommissionSession, title: str) -> dict[str, Any]:
    return {
        "title": title,
        "subtitle": " · ".join(part for part in (day.title, day.territory.name) if part),
        "facts": [
            ["Quand", long_moment(day.starts_at)],
            ["Où", day.place],
            ["Accès", day.access],
            ["Animation", ", ".join(facilitator.user.full_name for facilitator in day.facilitators)],
        ],
    }


def _readable(
    actor: User, day: CommissionSession, items: Sequence[AgendaItem]
) -> dict[uuid.UUID, Presentation]:
    structure_ids = reader_structure_ids(actor, day)
    agreements = agreements_by_dossier([item.dossier_id for item in items if item.dossier_id])
    allowed = [
        item.dossier_id
        for item in items
        if item.dossier_id and reads_presentation(actor, item, agreements.get(item.dossier_id), structure_ids)
    ]
    query = select(Dossier).where(Dossier.id.in_(allowed)).options(*HEAD)
    return presentations_of(db.session.scalars(query).unique().all())


def _told(presentation: Presentation | None) -> dict[str, Any] | None:
    if presentation is None:
        return None
    return {
        "code": presentation.code,
        "header": presentation.header,
        "question": presentation.question,
        "needed": ", ".join(presentation.needed),
        "referent": f"{presentation.referent}, {presentation.referent_structure}",
        "why": [f"{reason} : {fact}" if fact else reason for reason, fact in presentation.why],
        "diagnosis": presentation.radar_words,
        "tried": [
            " · ".join(part for part in (when, what, result) if part)
            for when, what, result, _tone in (*presentation.inside, *presentation.outside)
        ],
        "path": [
            " · ".join(part for part in (when, title, detail) if part)
            for when, title, detail, _moment in presentation.path
        ],
    }


def _contacts(day: CommissionSession) -> list[list[str]]:
    query = (
        select(Invitation)
        .where(Invitation.commission_session_id == day.id, Invitation.removed_at.is_(None))
        .options(
            joinedload(Invitation.structure),
            joinedload(Invitation.user).options(lazyload(User.memberships)),
        )
    )
    found = sorted(db.session.scalars(query), key=lambda one: (one.structure.search, one.user.last_name))
    return [
        [one.structure.name, one.user.full_name, one.user.phone or one.user.email, one.answer.label]
        for one in found
    ]
