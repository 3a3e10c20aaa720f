"""Taking a list: whole or not at all."""

from commission_app.core.db import db
from commission_app.core.errors import InvalidInputError
from commission_app.core.events import record
from commission_app.core.policies import require
from commission_app.territories.imports.queries import Plan, PlannedStructure, plan_communes, plan_structures
from commission_app.territories.models import Structure
from commission_app.territories.names import folded
from commission_app.territories.policies import Actor, can_manage_territories

NOT_SOUND = "La liste a changé ou contient des erreurs : rien n’a été importé."


def import_structures(actor: Actor, *, text: str) -> Plan:
    """Write the structures of a list, new or corrected; the administration alone may.

    One wrong line and nothing is written (InvalidInputError). An empty cell leaves what is known; territories
    named in the list are added, none is taken away.
    """
    require(can_manage_territories(actor))
    plan = plan_structures(text)
    if not plan.is_sound:
        raise InvalidInputError(NOT_SOUND)
    for item in plan.items:
        _write(item)
    record(actor, "structures_imported", actor, created=plan.created, updated=plan.updated)
    return plan


def import_communes(actor: Actor, *, text: str) -> Plan:
    """Add the communes of a list to their territories; the administration alone may.

    One wrong line and nothing is added (InvalidInputError).
    """
    require(can_manage_territories(actor))
    plan = plan_communes(text)
    if not plan.is_sound:
        raise InvalidInputError(NOT_SOUND)
    for item in plan.items:
        if item.commune not in item.territory.communes:
            item.territory.communes.append(item.commune)
    record(actor, "communes_imported", actor, created=plan.created)
    return plan


def _write(item: PlannedStructure) -> None:
    structure = item.existing or Structure(name=item.values["name"])
    for name, value in item.values.items():
        if value not in (None, ""):
            setattr(structure, name, value)
    structure.search = folded(structure.name)
    structure.territories += [one for one in item.territories if one not in structure.territories]
    if item.existing is None:
        db.session.add(structure)
