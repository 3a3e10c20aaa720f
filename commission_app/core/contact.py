"""Whom to tell of a flaw: /.well-known/security.txt, as RFC 9116 has it."""

from datetime import UTC, datetime, time, timedelta

from flask import Blueprint, Response, abort, current_app
from flask.typing import ResponseReturnValue

from commission_app.core import clock
from commission_app.core.config import Config
from commission_app.core.web import public

bp = Blueprint("contact", __name__)
LASTS = timedelta(days=180)  # the standard asks for less than a year
PATH = "/.well-known/security.txt"


@bp.get(PATH)
@public
def security() -> ResponseReturnValue:
    """The contact that the installation names; the page does not exist when it names none."""
    config: Config = current_app.extensions["commission_config"]
    if not config.security_contact:
        abort(404)
    is_address = "@" in config.security_contact and "://" not in config.security_contact
    until = datetime.combine(clock.today() + LASTS, time(), UTC)
    lines = (
        f"Contact: {'mailto:' if is_address else ''}{config.security_contact}",
        f"Expires: {until:%Y-%m-%dT%H:%M:%SZ}",
        "Preferred-Languages: fr, en",
        f"Canonical: {config.base_url}{PATH}",
    )
    return Response("\n".join(lines) + "\n", mimetype="text/plain")
