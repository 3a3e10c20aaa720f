"""Who convenes, who reads the answers, who answers."""

from commission_app.accounts.models import User
from commission_app.sessions.convening.models import Invitation
from commission_app.sessions.models import CommissionSession
from commission_app.sessions.policies import can_prepare_session, is_facilitator


def can_convene(actor: User, day: CommissionSession) -> bool:
    """The coordination of one of the territories convenes."""
    return can_prepare_session(actor, day)


def can_read_answers(actor: User, day: CommissionSession) -> bool:
    """The coordination and the two who run the day read who answered what."""
    return can_prepare_session(actor, day) or is_facilitator(actor, day)


def can_read_diets(actor: User, day: CommissionSession) -> bool:
    """Only who orders the lunch reads the diets."""
    return can_prepare_session(actor, day)


def can_answer(actor: User, invitation: Invitation) -> bool:
    """Each person answers the own invitation; the coordination writes an answer given by phone."""
    return invitation.user_id == actor.id or can_prepare_session(actor, invitation.commission_session)
