"""The page behind the code of the room screen, and leaving."""

import uuid

from flask import Blueprint, current_app, render_template, url_for
from flask.typing import ResponseReturnValue

from commission_app.accounts.web import me
from commission_app.core import clock
from commission_app.core.db import commit
from commission_app.core.errors import NotFoundError
from commission_app.core.web import see
from commission_app.sessions.day.answers import answer
from commission_app.sessions.day.arrivals import services
from commission_app.sessions.day.arrivals.codes import day_of_code
from commission_app.sessions.day.fragments import Audience
from commission_app.sessions.day.queries import get_followed_day, invitation_of
from commission_app.sessions.models import CommissionSession

bp = Blueprint("arrivals", __name__)


@bp.get("/presence/<token>")
def confirm(token: str) -> ResponseReturnValue:
    """Ask whether the reader has arrived; a code that is over and a day of others look alike."""
    day = _day(token)
    if day is None:
        return render_template("day/arrival_refused.html"), 404
    return render_template("day/arrival.html", day=day, token=token)


@bp.post("/presence/<token>")
def arrive(token: str) -> ResponseReturnValue:
    """Note the arrival."""
    day = _day(token)
    if day is None:
        return render_template("day/arrival_refused.html"), 404
    services.arrive(me(), day)
    commit()
    return see(url_for("day.live", session_id=day.id), "Votre arrivée est notée. Bonne journée.")


@bp.post("/sessions/<uuid:session_id>/depart")
def leave(session_id: uuid.UUID) -> ResponseReturnValue:
    """Note the departure."""
    day = get_followed_day(me(), session_id)
    services.leave(me(), day)
    commit()
    return answer(me(), session_id, Audience.MEMBERS, "Votre départ est noté. Au retour, scannez le code.")


def _day(code: str) -> CommissionSession | None:
    day_id = day_of_code(str(current_app.secret_key), code, clock.now())
    if day_id is None:
        return None
    try:
        day = get_followed_day(me(), day_id)
    except NotFoundError:
        return None
    return day if invitation_of(day, me().id) is not None else None
