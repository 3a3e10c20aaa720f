"""Naming the pair of a day, with everybody's turns in view."""

from typing import Any
from uuid import UUID

from flask import Blueprint, render_template, url_for
from werkzeug.wrappers import Response

from commission_app.accounts.web import me
from commission_app.core.db import commit, rollback
from commission_app.core.errors import InvalidInputError, StaleError
from commission_app.core.web import invalid, see
from commission_app.sessions.facilitation.fairness import propose_pair, standings
from commission_app.sessions.facilitation.forms import PairForm
from commission_app.sessions.facilitation.queries import candidates_of, past_pairs, turns_of
from commission_app.sessions.facilitation.services import assign_pair
from commission_app.sessions.hours import day_of
from commission_app.sessions.models import CommissionSession
from commission_app.sessions.policies import can_prepare_session
from commission_app.sessions.queries import get_session, territory_ids_of

bp = Blueprint("facilitation", __name__)


@bp.get("/sessions/<uuid:session_id>/co-animation")
def show(session_id: UUID) -> str:
    """The pair, the proposal with its reasons, the history; the coordination may name another."""
    day = get_session(me(), session_id)
    return render_template("sessions/facilitation.html", **_context(day, _form(day)))


@bp.post("/sessions/<uuid:session_id>/co-animation")
def assign(session_id: UUID) -> Response | tuple[str, int]:
    """Name the two people."""
    day = get_session(me(), session_id)
    form = _form(day)
    if form.validate():
        try:
            assign_pair(me(), day, **form.payload())
            commit()
            return see(url_for("sessions.show", session_id=day.id), "Les deux co-animateurs sont désignés.")
        except InvalidInputError as error:
            form.refuse(error.message, field=error.field)
        except StaleError:
            rollback()
            form.keep_beside(_form(day, formdata=None))
    return invalid("sessions/facilitation.html", **_context(day, form))


def _form(day: CommissionSession, **given: Any) -> PairForm:
    people = [str(facilitator.user_id) for facilitator in day.facilitators] + ["", ""]
    form = PairForm(data={"version": day.version, "first": people[0], "second": people[1]}, **given)
    form.offer(candidates_of(territory_ids_of(day), day_of(day)))
    return form


def _context(day: CommissionSession, form: PairForm) -> dict[str, object]:
    territory_ids, on = territory_ids_of(day), day_of(day)
    candidates, turns = candidates_of(territory_ids, on), turns_of(territory_ids)
    return {
        "day": day,
        "form": form,
        "can_prepare": can_prepare_session(me(), day),
        "proposal": propose_pair(candidates, turns, on),
        "standings": standings(candidates, turns, on),
        "past": past_pairs(territory_ids),
    }
