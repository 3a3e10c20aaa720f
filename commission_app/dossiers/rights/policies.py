"""Who acts on the rights of a person."""

from commission_app.accounts.models import User
from commission_app.dossiers.models import Dossier
from commission_app.dossiers.policies import can_see_identity, is_referent


def can_answer_right(actor: User, dossier: Dossier) -> bool:
    """The référent writes down what the person asks, corrects, and answers."""
    return is_referent(actor, dossier)


def can_export_for_person(actor: User, dossier: Dossier) -> bool:
    """Who sees the identity hands the person a copy of everything; each copy is noted."""
    return can_see_identity(actor, dossier)
