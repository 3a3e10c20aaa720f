"""Drafts and decisions of a day."""

import uuid

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, joinedload

from commission_app.accounts.models import User
from commission_app.core.db import db
from commission_app.core.errors import NotFoundError
from commission_app.dossiers.agreement.queries import current_agreement
from commission_app.sessions.agenda.models import AgendaItem
from commission_app.sessions.day.policies import can_follow_day
from commission_app.sessions.decisions.models import Decision, DecisionDraft
from commission_app.sessions.decisions.policies import can_read_decision, can_tell, keeps_decision
from commission_app.sessions.models import CommissionSession
from commission_app.sessions.queries import get_session
from commission_app.sessions.states import FIXED_KINDS, DecisionKind, ItemKind, ItemState


def decisions_of(day: CommissionSession) -> list[Decision]:
    """The decisions of a day in order, those replaced included."""
    query = (
        select(Decision)
        .where(Decision.commission_session_id == day.id)
        .options(
            joinedload(Decision.agenda_item).joinedload(AgendaItem.dossier),
            joinedload(Decision.structure),
            joinedload(Decision.teller).lazyload(User.memberships),
        )
        .order_by(Decision.number)
    )
    return list(db.session.scalars(query))


def standing(decisions: list[Decision]) -> list[Decision]:
    """Those that no later one replaced."""
    replaced = {decision.replaces_id for decision in decisions}
    return [decision for decision in decisions if decision.id not in replaced]


def get_decision(day: CommissionSession, decision_id: uuid.UUID) -> Decision:
    """A decision of this day; one of another day does not exist."""
    decision = db.session.get(Decision, decision_id)
    if decision is None or decision.commission_session_id != day.id:
        raise NotFoundError()
    return decision


def get_decision_to_tell(actor: User, session_id: uuid.UUID, decision_id: uuid.UUID) -> Decision:
    """A decision for who follows its day or tells the person; raises NotFoundError for everybody else.

    Once the person took the agreement back, only who accompanies her and the coordination still open it.
    """
    decision = get_decision(get_session(actor, session_id), decision_id)
    if not (can_tell(actor, decision) or can_follow_day(actor, decision.commission_session)):
        raise NotFoundError()
    if not keeps_decision(actor, decision):
        raise NotFoundError()
    return decision


def readable_decision(actor: User, decision_id: uuid.UUID) -> Decision | None:
    """A decision for who may read its words; None for everybody else."""
    decision = db.session.get(Decision, decision_id)
    if decision is None:
        return None
    agreement = current_agreement(decision.dossier_id) if decision.dossier_id else None
    return decision if can_read_decision(actor, decision, agreement) else None


def draft_of(item: AgendaItem) -> DecisionDraft | None:
    """The decision being prepared on a point."""
    return db.session.scalar(select(DecisionDraft).where(DecisionDraft.agenda_item_id == item.id))


def drafts_of(day: CommissionSession) -> list[DecisionDraft]:
    """The decisions written and not recorded, which the end of the day would leave out of the register."""
    query = (
        select(DecisionDraft)
        .join(DecisionDraft.agenda_item)
        .where(AgendaItem.commission_session_id == day.id)
        .options(contains_eager(DecisionDraft.agenda_item).joinedload(AgendaItem.dossier))
        .order_by(AgendaItem.position)
    )
    return list(db.session.scalars(query))


def get_draft(day: CommissionSession, draft_id: uuid.UUID) -> DecisionDraft:
    """A draft of this day; one of another day does not exist."""
    draft = db.session.get(DecisionDraft, draft_id)
    if draft is None or draft.agenda_item.commission_session_id != day.id:
        raise NotFoundError()
    return draft


def correction_of(day: CommissionSession) -> DecisionDraft | None:
    """The correction being prepared on any point of the day: it comes before the point under way."""
    return db.session.scalar(
        select(DecisionDraft)
        .join(DecisionDraft.agenda_item)
        .where(AgendaItem.commission_session_id == day.id, DecisionDraft.replaces_id.is_not(None))
        .limit(1)
    )


def last_kinds(item: AgendaItem) -> list[DecisionKind]:
    """The kinds of the decisions that stand on a point."""
    rows = list(db.session.scalars(select(Decision).where(Decision.agenda_item_id == item.id)))
    return [decision.kind for decision in standing(rows)]


def undecided_items(day: CommissionSession) -> list[AgendaItem]:
    """Situations without a decision, and points that were never opened, in order.

    A situation whose point was split is decided once one of its parts is.
    """
    decided = select(Decision.agenda_item_id).where(Decision.commission_session_id == day.id)
    parts = select(AgendaItem.dossier_id).where(
        AgendaItem.id.in_(decided), AgendaItem.dossier_id.is_not(None)
    )
    is_open_dossier = (AgendaItem.kind == ItemKind.DOSSIER) & (AgendaItem.state != ItemState.POSTPONED)
    query = (
        select(AgendaItem)
        .where(
            AgendaItem.commission_session_id == day.id,
            AgendaItem.kind.not_in([*FIXED_KINDS, ItemKind.CLOSING]),
            is_open_dossier | (AgendaItem.state == ItemState.WAITING),
            AgendaItem.id.not_in(decided),
            (AgendaItem.state == ItemState.WAITING)
            | AgendaItem.dossier_id.is_(None)
            | AgendaItem.dossier_id.not_in(parts),
        )
        .options(joinedload(AgendaItem.dossier))
        .order_by(AgendaItem.position)
    )
    return list(db.session.scalars(query))
