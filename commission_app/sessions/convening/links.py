"""The personal link by which an invitation is answered from a mail.

The secret is derived from the server's key: each mail about one invitation carries the same link, and the
database knows its hash alone.
"""

import hmac
from base64 import urlsafe_b64encode

from flask import current_app

from commission_app.core.config import Config
from commission_app.core.tokens import hashed
from commission_app.core.web import absolute_url
from commission_app.sessions.convening.models import Invitation


def answer_url(invitation: Invitation) -> str:
    """The address to answer at; opens it from now on."""
    token = _token(invitation)
    invitation.token_hash = hashed(token)
    return absolute_url("convening.show_link", token=token)


def _token(invitation: Invitation) -> str:
    config: Config = current_app.extensions["commission_config"]
    digest = hmac.digest(config.secret_key.encode(), b"answer:" + invitation.id.bytes, "sha256")
    return urlsafe_b64encode(digest).decode().rstrip("=")
