"""The inventory of a territory."""

import uuid

from sqlalchemy import select

from commission_app.accounts.models import User
from commission_app.core.db import db
from commission_app.core.errors import NotFoundError
from commission_app.library.models import ExistingCommission
from commission_app.library.policies import READERS, reads_everywhere

LIST_SIZE = 200


def commissions_of(territory_id: uuid.UUID) -> list[ExistingCommission]:
    """The commissions of a territory, by name."""
    query = select(ExistingCommission).where(ExistingCommission.territory_id == territory_id)
    return list(db.session.scalars(query.order_by(ExistingCommission.name).limit(LIST_SIZE)))


def get_commission(actor: User, commission_id: uuid.UUID) -> ExistingCommission:
    """One of them; raises NotFoundError when the actor does not act on its territory."""
    found = db.session.get(ExistingCommission, commission_id)
    if found is None or not (reads_everywhere(actor) or found.territory_id in actor.territory_ids(*READERS)):
        raise NotFoundError()
    return found
