"""Who words what the person is told."""

from commission_app.accounts.models import User
from commission_app.sessions.decisions.models import Decision
from commission_app.sessions.decisions.policies import can_tell


def can_word_decision(actor: User, decision: Decision) -> bool:
    """Whoever may tell the person words it; a decision on no situation is told to nobody, nor is one on a
    dossier that was erased since."""
    dossier = decision.dossier
    return dossier is not None and dossier.erased_at is None and can_tell(actor, decision)
