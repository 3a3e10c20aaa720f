"""What a service asks before it acts."""

from commission_app.core.errors import NotAllowedError


def require(allowed: bool, message: str = "Vous n’avez pas le droit de faire cela ici.") -> None:
    """Refuse the act unless a policy allowed it; raises NotAllowedError with a French sentence."""
    if not allowed:
        raise NotAllowedError(message)
