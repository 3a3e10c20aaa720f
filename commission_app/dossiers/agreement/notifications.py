"""What the clock ends: agreements that have come to their term."""

from commission_app.core.db import commit
from commission_app.core.outbox import every_tick
from commission_app.dossiers.agreement.services import withdraw_expired


@every_tick
def end_expired() -> None:
    """Take off every shared dossier whose agreement is over; nothing to do costs one look-up."""
    if withdraw_expired():
        commit()
