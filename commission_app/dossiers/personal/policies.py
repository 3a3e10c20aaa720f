"""Who gives a person the own link."""

from commission_app.accounts.models import User
from commission_app.dossiers.models import Dossier
from commission_app.dossiers.policies import is_referent
from commission_app.dossiers.states import DossierState


def can_give_link(actor: User, dossier: Dossier) -> bool:
    """The référent, who sees the person, gives and takes back; not on a withdrawn dossier."""
    return is_referent(actor, dossier) and dossier.state is not DossierState.WITHDRAWN
