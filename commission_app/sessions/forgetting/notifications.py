"""A dossier is erased: no session waits for it any more. What was written about it leaves with its sealed
texts."""

from sqlalchemy import select

from commission_app.core.db import db
from commission_app.core.events import Event, on, record
from commission_app.dossiers.models import Dossier
from commission_app.sessions.agenda.models import AgendaItem
from commission_app.sessions.states import ItemState


@on("dossier_erased")
def leave_agendas(_event: Event, dossier: Dossier) -> None:
    """Points seen, presence and decisions stay: they are counted, and the register only grows. A point that
    waits leaves its day without a word: nothing more is written on an erased dossier."""
    query = select(AgendaItem).where(
        AgendaItem.dossier_id == dossier.id, AgendaItem.state == ItemState.WAITING
    )
    for item in db.session.scalars(query):
        item.state = ItemState.POSTPONED
        record(None, "item_withdrawn", item)
