"""The code of the room screen as an address and as a picture to scan."""

from dataclasses import dataclass

import segno
from flask import current_app
from markupsafe import Markup

from commission_app.core import clock
from commission_app.core.web import absolute_url
from commission_app.sessions.day.arrivals.codes import code_of
from commission_app.sessions.day.view import LiveView


@dataclass(frozen=True)
class Arrival:
    """Where somebody in the room notes the own arrival; `picture` is an SVG."""

    address: str
    picture: Markup


def arrival_of(view: LiveView) -> Arrival | None:
    """The code of a day under way at this moment; None on any other day."""
    if not view.is_live:
        return None
    code = code_of(str(current_app.secret_key), view.id, clock.now())
    address = absolute_url("day.arrivals.confirm", token=code)
    drawn = segno.make(address, error="m", micro=False).svg_inline(
        scale=4, border=2, light="#fff", omitsize=True, svgclass="code", lineclass=None
    )
    return Arrival(address, Markup(drawn))
