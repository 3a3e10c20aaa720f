"""Who reads the directory of binômes and who keeps it true."""

import uuid

from sqlalchemy import Select, select

from commission_app.accounts.models import User
from commission_app.accounts.states import Role
from commission_app.binomes.models import Binome

#: Those who call each other between two sessions.
READERS = (Role.REFERENT, Role.COORDINATOR, Role.PARTICIPANT)
#: Whom a member of a commission may be asked to stand in for.
MEMBERS = (Role.PARTICIPANT, Role.REFERENT, Role.COORDINATOR)


def visible_binomes(actor: User) -> Select[Binome]:
    """The pairs of the person's territories, past ones included."""
    return select(Binome).where(Binome.territory_id.in_(actor.territory_ids(*READERS)))


def can_manage_binomes(actor: User, territory_id: uuid.UUID) -> bool:
    """The coordination of a territory names its pairs."""
    return actor.holds(Role.COORDINATOR, territory_id)


def can_edit_competences(actor: User, binome: Binome) -> bool:
    """The coordination of the territory, and the cadre for what the own structure brings."""
    return can_manage_binomes(actor, binome.territory_id) or binome.cadre_id == actor.id
