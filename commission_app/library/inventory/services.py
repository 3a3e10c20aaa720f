"""Keeping the list of the commissions that exist, to simplify and merge them."""

import uuid

from commission_app.accounts.models import User
from commission_app.core import clock
from commission_app.core.db import db
from commission_app.core.events import record
from commission_app.core.policies import require
from commission_app.library.models import ExistingCommission
from commission_app.library.policies import can_keep_inventory

KEEPERS = "La coordination du territoire tient cet inventaire."


def add_commission(
    actor: User,
    *,
    territory_id: uuid.UUID,
    name: str,
    purpose: str,
    organiser: str = "",
    frequency: str = "",
    merge_idea: str = "",
) -> ExistingCommission:
    """Write down a commission that exists on the territory; its coordination does."""
    require(can_keep_inventory(actor, territory_id), KEEPERS)
    found = ExistingCommission(
        territory_id=territory_id,
        name=name,
        purpose=purpose,
        organiser=organiser,
        frequency=frequency,
        merge_idea=merge_idea,
        reviewed_on=clock.today(),
    )
    db.session.add(found)
    db.session.flush()
    record(actor, "existing_commission_added", found)
    return found


def change_commission(
    actor: User,
    found: ExistingCommission,
    *,
    name: str,
    purpose: str,
    organiser: str,
    frequency: str,
    merge_idea: str,
    version: int,
) -> None:
    """Correct or review one; saving says that the coordination looked at it today."""
    require(can_keep_inventory(actor, found.territory_id), KEEPERS)
    found.expect_version(version)
    found.name, found.purpose, found.organiser = name, purpose, organiser
    found.frequency, found.merge_idea = frequency, merge_idea
    found.reviewed_on = clock.today()
    record(actor, "existing_commission_changed", found)


def remove_commission(actor: User, found: ExistingCommission) -> None:
    """Take one off the list: it ended, or it was merged."""
    require(can_keep_inventory(actor, found.territory_id), KEEPERS)
    record(actor, "existing_commission_removed", found)
    db.session.delete(found)
