"""Figures that leave as a file."""

from commission_app.accounts.models import User
from commission_app.core.events import record
from commission_app.territories.models import Territory


def note_export(actor: User, territory: Territory | None, *, format: str, rows: int) -> None:
    """Note that the actor takes figures away as a file: of which territory (all of them when None), how many
    rows."""
    record(actor, "indicators_exported", territory or actor, format=format, rows=rows)
