"""The page of what is left of a day, and the acts on it."""

import uuid
from typing import Any

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue

from commission_app.accounts.web import me
from commission_app.core.db import commit
from commission_app.core.errors import StaleError
from commission_app.core.forms import uuid_or_none
from commission_app.core.web import invalid, is_htmx, see
from commission_app.sessions.agenda.schedule import Slot
from commission_app.sessions.day.answers import answer
from commission_app.sessions.day.forms import SeenForm
from commission_app.sessions.day.fragments import Audience
from commission_app.sessions.day.queries import current_item, get_point, get_run_day
from commission_app.sessions.day.replanning import services
from commission_app.sessions.day.replanning.forms import ChangeForm, DirectionForm, LengthForm, WayForm
from commission_app.sessions.day.replanning.queries import last_change, running_day
from commission_app.sessions.day.replanning.relief import Relief, Running, fits_of, pressure_of, reliefs_of
from commission_app.sessions.models import CommissionSession
from commission_app.sessions.states import ItemState

bp = Blueprint("replanning", __name__)


@bp.get("/sessions/<uuid:session_id>/suite")
def show(session_id: uuid.UUID) -> ResponseReturnValue:
    """What still fits, what could give way, and the points left, to be rearranged by hand."""
    day = get_run_day(me(), session_id)
    return render_template("day/rest.html", **_context(day))


@bp.post("/sessions/<uuid:session_id>/suite/rattraper")
def catch_up(session_id: uuid.UUID) -> ResponseReturnValue:
    """Apply a proposal of the assistant."""
    day = get_run_day(me(), session_id)
    relief = services.apply_relief(me(), day, key=WayForm().key.data or "")
    commit()
    return see(url_for("day.desk", session_id=day.id), f"C’est fait : {relief.title}. Vous pouvez l’annuler.")


@bp.post("/sessions/<uuid:session_id>/suite/points/<uuid:item_id>/deplacer")
def move(session_id: uuid.UUID, item_id: uuid.UUID) -> ResponseReturnValue:
    """Exchange a point with its neighbour."""
    day = get_run_day(me(), session_id)
    services.move_point(me(), day, get_point(day, item_id), up=DirectionForm().to.data == "up")
    return _done(day, f"point-{item_id}")


@bp.post("/sessions/<uuid:session_id>/suite/points/<uuid:item_id>/duree")
def resize(session_id: uuid.UUID, item_id: uuid.UUID) -> ResponseReturnValue:
    """Give a point another length."""
    day = get_run_day(me(), session_id)
    item = get_point(day, item_id)
    form = LengthForm()
    if not form.validate():
        return invalid("day/rest.html", **_context(day), form=form, at_fault=item.id)
    services.resize_point(me(), day, item, **form.payload())
    return _done(day, f"point-{item_id}")


@bp.post("/sessions/<uuid:session_id>/suite/points/<uuid:item_id>/reunir")
def merge(session_id: uuid.UUID, item_id: uuid.UUID) -> ResponseReturnValue:
    """Treat a point and the next one as one."""
    day = get_run_day(me(), session_id)
    services.merge_with_next(me(), day, get_point(day, item_id))
    return _done(day, f"point-{item_id}")


@bp.post("/sessions/<uuid:session_id>/suite/scinder")
def split(session_id: uuid.UUID) -> ResponseReturnValue:
    """Keep the rest of the point under way for later."""
    day = get_run_day(me(), session_id)
    second = services.split_current(me(), day, seen_id=_identifier(SeenForm().seen.data))
    return _done(day, f"point-{second.id}")


@bp.post("/sessions/<uuid:session_id>/suite/annuler")
def undo(session_id: uuid.UUID) -> ResponseReturnValue:
    """Take the last change back."""
    day = get_run_day(me(), session_id)
    change_id = _identifier(ChangeForm().change.data)
    if change_id is None:
        raise StaleError()
    words = services.undo_last(me(), day, change_id=change_id)
    commit()
    if is_htmx():
        return answer(me(), session_id, Audience.FACILITATION)
    return see(url_for("day.replanning.show", session_id=session_id), f"Annulé : {words}.")


def _context(day: CommissionSession) -> dict[str, Any]:
    running = running_day(day)
    slots = running.slots()
    reliefs = reliefs_of(running)
    return {
        "day": day,
        "current": current_item(day),
        "pressure": pressure_of(running, slots),
        "fits": fits_of(running),
        "ways": [(relief, _moved(running, slots, relief)) for relief in reliefs],
        "slots": [slot for slot in slots if slot.item.state is ItemState.WAITING],
        "change": last_change(day.id),
    }


def _moved(running: Running, slots: list[Slot], relief: Relief) -> list[tuple[Slot, Slot | None]]:
    """The points whose hours change, as (now, afterwards); None for one that leaves the day."""
    after = {slot.item.id: slot for slot in running.slots(relief.order, relief.minutes)}
    pairs = [(slot, after.get(slot.item.id)) for slot in slots if slot.item.state is ItemState.WAITING]
    return [(now, new) for now, new in pairs if new is None or (now.start, now.end) != (new.start, new.end)]


def _done(day: CommissionSession, anchor: str) -> ResponseReturnValue:
    commit()
    return see(url_for("day.replanning.show", session_id=day.id, _anchor=anchor))


def _identifier(value: str | None) -> uuid.UUID | None:
    try:
        return uuid_or_none(value)
    except ValueError:
        raise StaleError() from None
