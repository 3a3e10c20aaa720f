"""Who runs a live day, who follows it, who takes part."""

import uuid

from sqlalchemy import exists, select

from commission_app.accounts.models import User
from commission_app.core.db import db
from commission_app.sessions.agenda.models import AgendaItem
from commission_app.sessions.agenda.policies import is_presented_by
from commission_app.sessions.convening.models import Invitation
from commission_app.sessions.models import CommissionSession
from commission_app.sessions.policies import can_prepare_session, is_facilitator


def can_run_day(actor: User, day: CommissionSession) -> bool:
    """The two facilitators of a day run it, and nobody else."""
    return is_facilitator(actor, day)


def holds_floor(actor: User, day: CommissionSession) -> bool:
    """Whether this facilitator leads the course of the day at this moment."""
    return is_facilitator(actor, day) and day.floor_id in (None, actor.id)


def can_follow_day(actor: User, day: CommissionSession) -> bool:
    """Who reads the situations live: facilitators, the coordination, the people invited, and who presents a
    point.

    An administrator and a pilot do not: they never read the content of a dossier.
    """
    return can_run_day(actor, day) or can_prepare_session(actor, day) or is_expected(actor.id, day.id)


def is_expected(user_id: uuid.UUID, day_id: uuid.UUID) -> bool:
    """Whether the person is invited to the day or presents one of its points."""
    invited = exists().where(
        Invitation.commission_session_id == day_id,
        Invitation.user_id == user_id,
        Invitation.removed_at.is_(None),
    )
    presents = exists().where(AgendaItem.commission_session_id == day_id, is_presented_by(user_id))
    return bool(db.session.scalar(select(invited | presents)))


def can_take_part(actor: User, day: CommissionSession) -> bool:
    """Who follows the day may raise a hand, propose, and say what he or she thinks of a decision."""
    return can_follow_day(actor, day)
