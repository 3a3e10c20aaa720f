"""What exists from the instant of a decision: an action, a new offer, a remontée."""

from sqlalchemy import select

from commission_app.accounts.models import User
from commission_app.core.db import db
from commission_app.dossiers.models import DiagnosisLine
from commission_app.dossiers.states import Level
from commission_app.followup.services import create_action, create_remontee
from commission_app.offers.services import create_offer_idea
from commission_app.sessions.decisions.models import Decision, DecisionDraft
from commission_app.sessions.states import DecisionKind


def follow_decision(actor: User, decision: Decision, draft: DecisionDraft) -> None:
    """Make what the decision calls for; a correction makes again only what the decision that it replaces had
    not."""
    dossier = draft.agenda_item.dossier
    territory_id = dossier.territory_id if dossier else decision.commission_session.territory_id
    replaced = db.session.get(Decision, draft.replaces_id) if draft.replaces_id else None
    if draft.structure_id is not None and draft.due_on is not None and not _same_task(draft, replaced):
        create_action(
            actor,
            territory_id=territory_id,
            structure_id=draft.structure_id,
            title=(draft.action_title or draft.text)[:300],
            due_on=draft.due_on,
            decision_id=decision.id,
            dossier_id=decision.dossier_id,
            commission_session_id=decision.commission_session_id,
            follower_ids=[one.user_id for one in decision.commission_session.facilitators],
        )
    if replaced is not None and replaced.kind is decision.kind:
        return
    if draft.kind is DecisionKind.NEW_OFFER:
        create_offer_idea(
            actor,
            territory_id=territory_id,
            name=draft.offer_name,
            description=draft.text,
            due_on=draft.due_on,
            decision_id=decision.id,
            dossier=dossier,
            freins=_freins(decision),
        )
    if draft.kind is DecisionKind.REMONTEE:
        create_remontee(
            actor,
            territory_id=territory_id,
            theme=draft.theme,
            text=draft.text,
            decision_id=decision.id,
            commission_session_id=decision.commission_session_id,
        )


def _same_task(draft: DecisionDraft, replaced: Decision | None) -> bool:
    if replaced is None or draft.action_title:
        return False
    asked = (replaced.structure_id, replaced.due_on, replaced.text)
    return asked == (draft.structure_id, draft.due_on, draft.text)


def _freins(decision: Decision) -> list[str]:
    if decision.dossier_id is None:
        return []
    query = select(DiagnosisLine.item).where(
        DiagnosisLine.dossier_id == decision.dossier_id, DiagnosisLine.level == Level.FREIN
    )
    return [item.value for item in db.session.scalars(query)]
