"""Who reads and who keeps what the partners share."""

import uuid

from commission_app.accounts.models import User
from commission_app.accounts.policies import is_administrator
from commission_app.accounts.states import Role

#: Those who work with the lexique, the documents and the inventory of a territory.
READERS = (Role.REFERENT, Role.COORDINATOR, Role.PARTICIPANT, Role.PILOT)
#: Those who make models: the commission and its coordination.
WRITERS = (Role.COORDINATOR, Role.PARTICIPANT)


def can_propose_term(actor: User) -> bool:
    """Whoever holds a role today proposes definitions; an account without any only reads."""
    return any(held.holds_today for held in actor.memberships)


def can_settle_terms(actor: User) -> bool:
    """The coordinations and the administration accept or decline what is proposed for the lexique."""
    return is_administrator(actor) or bool(actor.territory_ids(Role.COORDINATOR))


def can_publish_document(actor: User, territory_id: uuid.UUID | None) -> bool:
    """A territory's coordination publishes for the territory, the administration for everybody."""
    if is_administrator(actor):
        return True
    return territory_id is not None and actor.holds(Role.COORDINATOR, territory_id)


def can_write_model(actor: User, territory_id: uuid.UUID) -> bool:
    """The coordination and the members of the territory's commission make models."""
    return territory_id in actor.territory_ids(*WRITERS)


def can_change_model(actor: User, territory_id: uuid.UUID, author_id: uuid.UUID) -> bool:
    """The author and the coordination of the territory correct a model."""
    is_own = author_id == actor.id and can_write_model(actor, territory_id)
    return is_own or actor.holds(Role.COORDINATOR, territory_id)


def can_keep_inventory(actor: User, territory_id: uuid.UUID) -> bool:
    """The coordination of a territory keeps the list of its commissions."""
    return actor.holds(Role.COORDINATOR, territory_id)


def reads_everywhere(actor: User) -> bool:
    """Whether the person pilots or administers the département."""
    return actor.holds_everywhere(Role.PILOT) or is_administrator(actor)
