"""The personal link of a guest, derived from the server's key: each mail carries the same, the database knows
its hash alone."""

import hmac
from base64 import urlsafe_b64encode

from flask import current_app

from commission_app.core.config import Config
from commission_app.core.tokens import hashed
from commission_app.core.web import absolute_url
from commission_app.sessions.convening.models import Guest


def guest_url(guest: Guest) -> str:
    """The address of the guest's page; opens it from now on."""
    config: Config = current_app.extensions["commission_config"]
    digest = hmac.digest(config.secret_key.encode(), b"guest:" + guest.id.bytes, "sha256")
    token = urlsafe_b64encode(digest).decode().rstrip("=")
    guest.token_hash = hashed(token)
    return absolute_url("guests.show_link", token=token)
