"""The signed-in person, for routes."""

from typing import cast

from flask_login import current_user

from commission_app.accounts.models import User


def me() -> User:
    """The signed-in person as the row itself, not the proxy: what routes hand to services."""
    return cast(User, current_user._get_current_object())
