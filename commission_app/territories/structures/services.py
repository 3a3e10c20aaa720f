"""What the administration does with structures."""

from datetime import date
from typing import Any

from sqlalchemy import select

from commission_app.core import clock
from commission_app.core.db import db
from commission_app.core.errors import InvalidInputError, WrongStateError
from commission_app.core.events import record
from commission_app.core.policies import require
from commission_app.territories.models import Commune, Structure
from commission_app.territories.names import folded
from commission_app.territories.policies import Actor, can_manage_territories
from commission_app.territories.states import StructureKind


def create_structure(actor: Actor, *, name: str, kind: StructureKind, **contact: Any) -> Structure:
    """Write a structure down; the administration alone may. A name or SIRET in use is refused.

    `contact` takes what `edit_structure` takes besides name and kind.
    """
    require(can_manage_territories(actor))
    structure = Structure(name=name, search=folded(name), kind=kind)
    _expect_free(structure, name, contact.get("siret"))
    _write(structure, **contact)
    db.session.add(structure)
    record(actor, "structure_created", structure)
    return structure


def edit_structure(
    actor: Actor, structure: Structure, *, version: int, name: str, kind: StructureKind, **contact: Any
) -> None:
    """Correct a structure; refused on a stale version (StaleError), a name or SIRET in use."""
    require(can_manage_territories(actor))
    structure.expect_version(version)
    _expect_free(structure, name, contact.get("siret"))
    structure.name, structure.search, structure.kind = name, folded(name), kind
    _write(structure, **contact)
    record(actor, "structure_edited", structure)


def archive_structure(actor: Actor, structure: Structure) -> None:
    """Take a structure out of use: it is offered nowhere any more, what it did stays readable."""
    require(can_manage_territories(actor))
    if structure.archived_on is not None:
        raise WrongStateError("Cette structure est déjà archivée.")
    structure.archived_on = clock.today()
    record(actor, "structure_archived", structure)


def restore_structure(actor: Actor, structure: Structure) -> None:
    """Take an archived structure into use again."""
    require(can_manage_territories(actor))
    if structure.archived_on is None:
        raise WrongStateError("Cette structure n’est pas archivée.")
    structure.archived_on = None
    record(actor, "structure_restored", structure)


def _write(
    structure: Structure,
    *,
    siret: str | None = None,
    commune: Commune | None = None,
    address: str = "",
    phone: str = "",
    email: str = "",
    label_on: date | None = None,
) -> None:
    structure.siret = siret or None
    structure.commune, structure.address = commune, address
    structure.phone, structure.email, structure.label_on = phone, email, label_on


def _expect_free(structure: Structure, name: str, siret: str | None) -> None:
    others = Structure.id != structure.id if structure.id else Structure.id.is_not(None)
    if db.session.scalar(select(Structure.id).where(Structure.name == name, others)):
        raise InvalidInputError("Une structure porte déjà ce nom.", field="name")
    if siret and db.session.scalar(select(Structure.id).where(Structure.siret == siret, others)):
        raise InvalidInputError("Une structure porte déjà ce SIRET.", field="siret")
