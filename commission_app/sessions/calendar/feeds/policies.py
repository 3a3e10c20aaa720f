"""Who may have a feed."""

from commission_app.accounts.models import User
from commission_app.sessions.policies import can_prepare_territory
from commission_app.territories.models import Territory


def can_have_feed(actor: User, territory: Territory | None) -> bool:
    """Each person has a feed of the own days; the coordination has that of its territory."""
    return territory is None or can_prepare_territory(actor, territory.id)
