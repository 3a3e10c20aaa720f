"""Who enters a day that was held on paper."""

from commission_app.accounts.models import User
from commission_app.sessions.models import CommissionSession
from commission_app.sessions.policies import can_prepare_session, is_facilitator


def can_enter_paper(actor: User, day: CommissionSession) -> bool:
    """The two facilitators and the coordination."""
    return is_facilitator(actor, day) or can_prepare_session(actor, day)
