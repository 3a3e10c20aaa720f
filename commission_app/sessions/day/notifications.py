"""What a live day does when something happens anywhere: its version grows, and a withdrawn dossier leaves
the room."""

from typing import Any

from sqlalchemy import select

from commission_app.core import clock
from commission_app.core.db import db
from commission_app.core.events import Event, on, on_every
from commission_app.dossiers.models import Dossier
from commission_app.sessions.agenda.models import AgendaItem
from commission_app.sessions.day.course import end_spell
from commission_app.sessions.day.queries import hold
from commission_app.sessions.day.versions import grow
from commission_app.sessions.decisions.models import DecisionDraft
from commission_app.sessions.models import CommissionSession
from commission_app.sessions.states import ItemState, SessionState

SHOWN = frozenset({SessionState.LIVE, SessionState.CLOSED})


@on_every
def grow_live_version(event: Event, _subject: Any) -> None:
    """Each act on a day that live pages show counts one version."""
    if event.commission_session_id is None:
        return
    day = db.session.get(CommissionSession, event.commission_session_id)
    if day is not None and day.state in SHOWN:
        grow(day)


@on("dossier_withdrawn")
def take_off_the_screens(_event: Event, dossier: Dossier) -> None:
    """Without agreement nothing more is shown: the point ends, its draft is dropped, every live page learns
    of it."""
    query = (
        select(AgendaItem)
        .join(AgendaItem.commission_session)
        .where(AgendaItem.dossier_id == dossier.id, CommissionSession.state == SessionState.LIVE)
    )
    for item in db.session.scalars(query).all():
        hold(item.commission_session, item)
        if item.state is ItemState.LIVE:
            end_spell(item, item.commission_session, clock.now())
            item.state = ItemState.POSTPONED
            item.postponed_reason = "Accord retiré"
        for draft in db.session.scalars(select(DecisionDraft).where(DecisionDraft.agenda_item_id == item.id)):
            db.session.delete(draft)
        grow(item.commission_session)
