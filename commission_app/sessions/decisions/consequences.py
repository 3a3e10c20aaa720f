"""What exists from the instant of a decision: an action, a new offer, a remontée."""

import uuid

from sqlalchemy import select

from commission_app.accounts.models import User
from commission_app.core.db import db
from commission_app.dossiers.models import DiagnosisLine
from commission_app.dossiers.states import Level
from commission_app.followup.models import Action
from commission_app.followup.services import create_action, create_remontee, drop_action
from commission_app.followup.states import OPEN_STATES
from commission_app.offers.services import create_offer_idea
from commission_app.sessions.decisions.models import Decision, DecisionDraft
from commission_app.sessions.states import DecisionKind


def follow_decision(actor: User, decision: Decision, draft: DecisionDraft) -> None:
    """Make what the decision calls for; a correction makes again only what the decision that it replaces had
    not, and gives up the task that it asks for no more."""
    dossier = draft.agenda_item.dossier
    territory_id = dossier.territory_id if dossier else decision.commission_session.territory_id
    _ask_task(actor, decision, draft, territory_id)
    if has_followed(draft):
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


def has_followed(draft: DecisionDraft) -> bool:
    """Whether the new offer or the remontée of a correction exists already, from the decision that it
    replaces."""
    replaced = db.session.get(Decision, draft.replaces_id) if draft.replaces_id else None
    return replaced is not None and replaced.kind is draft.kind


def _ask_task(actor: User, decision: Decision, draft: DecisionDraft, territory_id: uuid.UUID) -> None:
    replaced = db.session.get(Decision, draft.replaces_id) if draft.replaces_id else None
    if replaced is not None and _same_task(draft, replaced):
        return
    if replaced is not None:
        _drop_tasks(actor, replaced, f"Remplacée par la décision n° {decision.number}")
    if draft.structure_id is None or draft.due_on is None:
        return
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


def _drop_tasks(actor: User, replaced: Decision, reason: str) -> None:
    earlier: Decision | None = replaced
    while earlier is not None:
        made = select(Action).where(Action.decision_id == earlier.id, Action.state.in_(OPEN_STATES))
        for action in db.session.scalars(made):
            drop_action(actor, action, reason=reason, version=action.version)
        earlier = db.session.get(Decision, earlier.replaces_id) if earlier.replaces_id else None


def _same_task(draft: DecisionDraft, replaced: Decision) -> bool:
    asked = (replaced.structure_id, replaced.due_on, replaced.text)
    return not draft.action_title and asked == (draft.structure_id, draft.due_on, draft.text)


def _freins(decision: Decision) -> list[str]:
    if decision.dossier_id is None:
        return []
    query = select(DiagnosisLine.item).where(
        DiagnosisLine.dossier_id == decision.dossier_id, DiagnosisLine.level == Level.FREIN
    )
    return [item.value for item in db.session.scalars(query)]
