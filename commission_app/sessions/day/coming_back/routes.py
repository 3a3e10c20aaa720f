"""The fragment that a participant's page asks for when its reader comes back."""

import uuid
from datetime import UTC, datetime

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from commission_app.accounts.web import me
from commission_app.core.web import is_htmx, see
from commission_app.sessions.day.answers import view_of
from commission_app.sessions.day.coming_back.queries import missed_since
from commission_app.sessions.day.queries import get_followed_day
from commission_app.sessions.day.view import LiveView

bp = Blueprint("coming_back", __name__)


@bp.get("/sessions/<uuid:session_id>/en-direct/depuis")
def show(session_id: uuid.UUID) -> ResponseReturnValue:
    """What happened since `moment` (milliseconds since 1970, the server's clock)."""
    day = get_followed_day(me(), session_id)
    if not is_htmx():
        return see(url_for("day.live", session_id=day.id))
    view = view_of(day.id)
    missed = missed_since(me(), view, _since(view))
    return render_template("day/live/_missed.html", missed=missed)


def _since(view: LiveView) -> datetime:
    """The moment asked for; never before the day began, never after now."""
    value = request.args.get("moment", "")
    asked = (
        datetime.fromtimestamp(int(value[:13]) / 1000, UTC) if value.isascii() and value.isdigit() else None
    )
    return min(max(asked or view.clock.now, view.starts_at), view.clock.now)
