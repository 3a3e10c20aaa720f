"""Who manages territories and structures. Accounts stand above: an actor is known by what it can say."""

import uuid
from typing import Protocol

from sqlalchemy import Select, select, true

from commission_app.territories.models import Structure, Territory


class Actor(Protocol):
    """Whoever acts: a signed-in person knows whether he or she administers the platform today."""

    @property
    def id(self) -> uuid.UUID: ...

    @property
    def is_administrator(self) -> bool: ...


def can_manage_territories(actor: Actor) -> bool:
    """Territories, their communes and the structures belong to the administration alone."""
    return actor.is_administrator


def visible_territories(actor: Actor) -> Select[Territory]:
    """Every territory for the administration; none for the others."""
    return select(Territory).where(true() if can_manage_territories(actor) else Territory.id.is_(None))


def visible_structures(actor: Actor) -> Select[Structure]:
    """Every structure for the administration; none for the others."""
    return select(Structure).where(true() if can_manage_territories(actor) else Structure.id.is_(None))
