"""The points that every day begins with, from its programme: the frame around what is discussed."""

from collections.abc import Iterable
from datetime import datetime, time
from typing import Any

from commission_app.core import clock
from commission_app.sessions.agenda.models import AgendaItem
from commission_app.sessions.models import CommissionSession
from commission_app.sessions.states import FIXED_KINDS, ItemKind

_FRAME = FIXED_KINDS | {ItemKind.FOLLOW_UP, ItemKind.CLOSING}
FOLLOW_UP = {"kind": ItemKind.FOLLOW_UP, "title": "Suites des sessions passées", "minutes": 15}
_WELCOME = {"kind": ItemKind.WELCOME, "title": "Café d’accueil", "minutes": 20}
_LUNCH = {"kind": ItemKind.LUNCH, "title": "Déjeuner partagé", "starts": "12:30", "minutes": 75}
_CLOSING = {"kind": ItemKind.CLOSING, "title": "Bilan du jour", "minutes": 20}


def frame_of(day: CommissionSession) -> list[AgendaItem]:
    """New points for the breaks, follow-up and closing of the day's programme, in order of their hours.

    Breaks are held at their hour. Follow-up is always there, first after the welcome: open actions come on
    the agenda by themselves. A day without a programme gets the usual frame.
    """
    entries = [entry for entry in day.programme if ItemKind(str(entry["kind"])) in _FRAME]
    entries = entries or [_WELCOME, *([_LUNCH] if day.has_lunch else []), _CLOSING]
    if not any(entry["kind"] == ItemKind.FOLLOW_UP for entry in entries):
        place = 1 if entries[0]["kind"] == ItemKind.WELCOME else 0
        entries = [*entries[:place], FOLLOW_UP, *entries[place:]]
    return list(_items(day, entries))


def _items(day: CommissionSession, entries: Iterable[dict[str, Any]]) -> Iterable[AgendaItem]:
    for position, entry in enumerate(entries):
        kind = ItemKind(str(entry["kind"]))
        yield AgendaItem(
            commission_session_id=day.id,
            position=position,
            kind=kind,
            title=str(entry.get("title") or kind.label),
            planned_minutes=int(entry.get("minutes") or 15),
            fixed_at=_hour_on(day, entry) if kind in FIXED_KINDS else None,
        )


def _hour_on(day: CommissionSession, entry: dict[str, Any]) -> datetime | None:
    if not entry.get("starts"):
        return day.starts_at if entry["kind"] == ItemKind.WELCOME else None
    moment = time.fromisoformat(str(entry["starts"]))
    return datetime.combine(clock.local(day.starts_at).date(), moment, tzinfo=clock.PARIS)
