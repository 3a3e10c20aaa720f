"""A dossier is erased: the notes, opinions and words about it are emptied in the same transaction."""

from sqlalchemy import delete, select, update

from commission_app.core.db import db
from commission_app.core.events import Event, on
from commission_app.dossiers.models import Dossier
from commission_app.sessions.agenda.models import AgendaItem, WrittenOpinion
from commission_app.sessions.day.models import ParkedIdea
from commission_app.sessions.decisions.models import Decision, DecisionDraft, DraftStance
from commission_app.sessions.decisions.telling.models import PlainWords


@on("dossier_erased")
def forget_what_was_written(_event: Event, dossier: Dossier) -> None:
    """Points, presence and decisions stay: they are counted, and the register only grows."""
    items = select(AgendaItem.id).where(AgendaItem.dossier_id == dossier.id)
    drafts = select(DecisionDraft.id).where(DecisionDraft.agenda_item_id.in_(items))
    decisions = select(Decision.id).where(Decision.dossier_id == dossier.id)
    for act in (
        update(WrittenOpinion).where(WrittenOpinion.agenda_item_id.in_(items)).values(text=""),
        update(ParkedIdea).where(ParkedIdea.agenda_item_id.in_(items)).values(text=""),
        update(PlainWords).where(PlainWords.decision_id.in_(decisions)).values(text=""),
        delete(DraftStance).where(DraftStance.draft_id.in_(drafts)),
        delete(DecisionDraft).where(DecisionDraft.agenda_item_id.in_(items)),
        update(AgendaItem).where(AgendaItem.dossier_id == dossier.id).values(text="", notes=""),
    ):
        db.session.execute(act, execution_options={"synchronize_session": False})
    db.session.expire_all()
