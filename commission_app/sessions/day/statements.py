"""What the live day reads again after each act, as statements that are built once."""

from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from commission_app.accounts.models import User
from commission_app.core.prepared import Prepared
from commission_app.dossiers.models import BlockCriterion, DiagnosisLine
from commission_app.sessions.agenda.models import AgendaItem
from commission_app.sessions.day.roster import FULL_NAME
from commission_app.sessions.day.sharing import scope_today
from commission_app.sessions.decisions.models import Decision, DecisionDraft, DraftStance
from commission_app.territories.models import Commune, Structure

ITEMS = Prepared(
    lambda *, day_id: (
        select(AgendaItem)
        .where(AgendaItem.commission_session_id == day_id)
        .options(joinedload(AgendaItem.dossier))
        .order_by(AgendaItem.position, AgendaItem.created_at)
    )
)


def _scope(*, dossier_id: Any, insee: Any) -> Select[Any]:
    name = select(Commune.name).where(Commune.insee == insee).scalar_subquery()
    return select(scope_today(dossier_id), name)


SCOPE = Prepared(_scope)

CRITERIA = Prepared(
    lambda *, dossier_id: select(BlockCriterion.criterion).where(BlockCriterion.dossier_id == dossier_id)
)

LEVELS = Prepared(
    lambda *, dossier_id: select(DiagnosisLine.item, DiagnosisLine.level).where(
        DiagnosisLine.dossier_id == dossier_id
    )
)

DRAFTS = Prepared(
    lambda *, day_id: (
        select(DecisionDraft, AgendaItem, Structure.name, FULL_NAME)
        .join(AgendaItem, DecisionDraft.agenda_item_id == AgendaItem.id)
        .outerjoin(Structure, DecisionDraft.structure_id == Structure.id)
        .outerjoin(User, DecisionDraft.teller_id == User.id)
        .where(AgendaItem.commission_session_id == day_id)
        .order_by(DecisionDraft.replaces_id.is_(None))
    )
)

SAID = Prepared(
    lambda *, draft_id: (
        select(
            DraftStance.id, DraftStance.user_id, Structure.name, DraftStance.stance, DraftStance.words.column
        )
        .join(User, DraftStance.user_id == User.id)
        .outerjoin(Structure, User.structure_id == Structure.id)
        .where(DraftStance.draft_id == draft_id)
        .order_by(Structure.name, User.last_name)
    )
)

DECISIONS = Prepared(
    lambda *, day_id: (
        select(Decision, AgendaItem, Structure.name)
        .join(AgendaItem, Decision.agenda_item_id == AgendaItem.id)
        .outerjoin(Structure, Decision.structure_id == Structure.id)
        .where(Decision.commission_session_id == day_id)
        .order_by(Decision.number)
    )
)
