"""The signed-in person, for the routes of this feature, which knows no account."""

from typing import cast

from flask_login import current_user

from commission_app.core.errors import NotFoundError
from commission_app.territories.policies import Actor, can_manage_territories


def me() -> Actor:
    """The signed-in person: what routes hand to services."""
    return cast(Actor, current_user._get_current_object())


def administration_only() -> None:
    """For everybody else these pages do not exist; raises NotFoundError."""
    if not can_manage_territories(me()):
        raise NotFoundError()
