"""Which competences the point under way needs, against who is in the room at this moment."""

from collections.abc import Iterator, Sequence

from sqlalchemy import select

from commission_app.core.db import db
from commission_app.sessions.agenda.coverage import Presence, coverage_remarks, needed_by
from commission_app.sessions.agenda.models import AgendaItem, WrittenOpinion
from commission_app.sessions.agenda.queries import table_of
from commission_app.sessions.day.models import Attendance
from commission_app.territories.models import Structure


def coverage_now(item: AgendaItem, written: Sequence[WrittenOpinion]) -> Iterator[tuple[str, str]]:
    """What to say of the competences of a point, as (words, tone): what is missing in the room, what is
    answered in writing, or that all are there. Nothing for a point that needs none."""
    needed = needed_by(item.dossier)
    if not needed:
        return
    table = table_of(item.commission_session)
    there = select(Attendance.structure_id).where(
        Attendance.commission_session_id == item.commission_session_id, Attendance.left_at.is_(None)
    )
    query = select(Structure.id, Structure.name).where(Structure.id.in_(there))
    here = [
        Presence(structure_id, name, table.competences.get(structure_id, frozenset()))
        for structure_id, name in db.session.execute(query)
    ]
    brought = (table.competences.get(opinion.structure_id, frozenset()) for opinion in written)
    for remark in coverage_remarks(needed, here, None, frozenset().union(*brought)):
        yield remark.text, remark.tone
