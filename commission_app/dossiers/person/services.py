"""Writing and opening an identity."""

from commission_app.accounts.models import User
from commission_app.core.errors import InvalidInputError
from commission_app.core.events import record
from commission_app.core.nir import refuse_nir
from commission_app.core.policies import require
from commission_app.dossiers.models import Dossier, Person
from commission_app.dossiers.person.queries import get_person
from commission_app.dossiers.person.twins import mark_person
from commission_app.dossiers.policies import can_see_identity, is_referent
from commission_app.dossiers.rights.queries import can_write_parts
from commission_app.dossiers.states import ReadingReason


def save_person(
    actor: User, dossier: Dossier, *, first_name: str, last_name: str, phone: str = "", email: str = ""
) -> Person:
    """Write who the person is; the référent alone, while the dossier may be written in."""
    require(can_write_parts(actor, dossier))
    written = {"first_name": first_name, "last_name": last_name, "phone": phone, "email": email}
    refuse_nir(written.items())
    person = get_person(actor, dossier)
    for name, value in written.items():
        setattr(person, name, value)
    mark_person(person, dossier.territory_id)
    record(actor, "person_saved", dossier)
    return person


def read_identity(actor: User, dossier: Dossier, *, reason: ReadingReason | None) -> Person:
    """Open the identity behind a dossier; each reading by the coordination is noted with its reason.

    The référent reads the own dossiers without giving a reason; the coordination must give one.
    """
    require(can_see_identity(actor, dossier))
    if reason is None and not is_referent(actor, dossier):
        raise InvalidInputError("Choisissez la raison de cette lecture", field="reason")
    record(actor, "identity_read", dossier, reason=reason.value if reason else "own")
    return get_person(actor, dossier)


def note_own_reading(actor: User, dossier: Dossier) -> None:
    """Note that the référent had the identity of an own dossier on a page; no reason is asked."""
    require(can_see_identity(actor, dossier))
    record(actor, "own_identity_read", dossier)
