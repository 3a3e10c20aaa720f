"""Who prepares a decision, who records it, who says what he or she thinks of it."""

from sqlalchemy import exists, select

from commission_app.accounts.models import User
from commission_app.core.db import db
from commission_app.sessions.agenda.models import AgendaItem
from commission_app.sessions.day.policies import can_follow_day, can_run_day, holds_floor
from commission_app.sessions.decisions.models import Decision
from commission_app.sessions.models import CommissionSession
from commission_app.sessions.policies import can_prepare_session


def can_write_draft(actor: User, day: CommissionSession) -> bool:
    """Both facilitators write, whoever holds the floor."""
    return can_run_day(actor, day)


def can_record_decision(actor: User, day: CommissionSession) -> bool:
    """The facilitator who holds the floor records."""
    return holds_floor(actor, day)


def can_take_stance(actor: User, day: CommissionSession) -> bool:
    """Whoever follows the day says whether he or she agrees."""
    return can_follow_day(actor, day)


def can_tell(actor: User, decision: Decision) -> bool:
    """Who was asked to tell the person, the référent d'étape, the facilitators and the coordination."""
    if actor.id == decision.teller_id or can_prepare_session(actor, decision.commission_session):
        return True
    presents = exists().where(AgendaItem.id == decision.agenda_item_id, AgendaItem.presenter_id == actor.id)
    return can_run_day(actor, decision.commission_session) or bool(db.session.scalar(select(presents)))
