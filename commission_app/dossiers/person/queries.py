"""The one door to an identity."""

from commission_app.accounts.models import User
from commission_app.core.db import db
from commission_app.core.errors import NotFoundError
from commission_app.dossiers.models import Dossier, Person
from commission_app.dossiers.policies import can_see_identity

#: How an identity that is on no own page is read: revealed, or in the copy for the person.
OPENED = ("identity_read", "access_exported")
#: All by which a professional reads one.
READ = (*OPENED, "own_identity_read")


def get_person(actor: User, dossier: Dossier) -> Person:
    """The identity behind a dossier, for the référent and the coordination; raises NotFoundError for anybody
    else."""
    person = db.session.get(Person, dossier.id) if can_see_identity(actor, dossier) else None
    if person is None:
        raise NotFoundError()
    return person
