"""The pages of the live day and the acts on its course."""

import uuid

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from commission_app.accounts.web import me
from commission_app.core.db import commit
from commission_app.core.errors import StaleError
from commission_app.core.forms import uuid_or_none
from commission_app.core.web import invalid, is_htmx, public, see
from commission_app.sessions.agenda.queries import later_sessions
from commission_app.sessions.day import services
from commission_app.sessions.day.answers import answer, page, view_of
from commission_app.sessions.day.arrivals.routes import bp as arrivals
from commission_app.sessions.day.coming_back.routes import bp as coming_back
from commission_app.sessions.day.forms import CloseForm, FloorForm, NotesForm, PostponeForm, SeenForm
from commission_app.sessions.day.fragments import Audience, context, fragment, fragments_of, partial, partials
from commission_app.sessions.day.notes.services import save_notes
from commission_app.sessions.day.queries import (
    current_item,
    get_followed_day,
    get_point,
    get_run_day,
    screen_link_of,
)
from commission_app.sessions.day.rating.routes import bp as rating
from commission_app.sessions.day.replanning.routes import bp as replanning
from commission_app.sessions.day.room.routes import bp as room
from commission_app.sessions.decisions.queries import decisions_of, drafts_of, undecided_items
from commission_app.sessions.models import CommissionSession

bp = Blueprint("day", __name__)
bp.register_blueprint(room)
bp.register_blueprint(replanning)
bp.register_blueprint(coming_back)
bp.register_blueprint(arrivals)
bp.register_blueprint(rating)

SCREEN_COOKIE = "screen"
SCREEN_COOKIE_SECONDS = 36 * 3600


@bp.get("/sessions/<uuid:session_id>/pupitre")
def desk(session_id: uuid.UUID) -> ResponseReturnValue:
    """The facilitators' desk."""
    day = get_run_day(me(), session_id)
    return page(me(), day.id, Audience.FACILITATION)


@bp.get("/sessions/<uuid:session_id>/en-direct")
def live(session_id: uuid.UUID) -> ResponseReturnValue:
    """The participant's page."""
    day = get_followed_day(me(), session_id)
    return page(me(), day.id, Audience.MEMBERS)


@bp.get("/ecran/<token>")
@public
def screen(token: str) -> ResponseReturnValue:
    """The device link of the room screen: the secret leaves the address at once and stays in a cookie."""
    if screen_link_of(token) is None:
        return render_template("day/no_screen.html"), 404
    answered = redirect(url_for("day.show_screen"), 303)
    is_https = current_app.extensions["commission_config"].https
    answered.set_cookie(
        SCREEN_COOKIE,
        token,
        max_age=SCREEN_COOKIE_SECONDS,
        httponly=True,
        samesite="Lax",
        secure=is_https,
    )
    return answered


@bp.get("/ecran")
@public
def show_screen() -> ResponseReturnValue:
    """The room screen, for the device that came by its link."""
    link = screen_link_of(request.cookies.get(SCREEN_COOKIE, ""))
    if link is None:
        return render_template("day/no_screen.html"), 404, {"HX-Refresh": "true"}
    view = view_of(link.commission_session_id)
    if is_htmx():
        return partials(view, fragments_of(view, Audience.SCREEN))
    return render_template("day/screen.html", **context(view))


@bp.post("/sessions/<uuid:session_id>/demarrer")
def start(session_id: uuid.UUID) -> ResponseReturnValue:
    """Begin the day."""
    day = get_run_day(me(), session_id)
    services.start_day(me(), day)
    return _done(session_id)


@bp.post("/sessions/<uuid:session_id>/point-suivant")
def go_on(session_id: uuid.UUID) -> ResponseReturnValue:
    """Next point."""
    day = get_run_day(me(), session_id)
    services.open_next(me(), day, seen_id=_seen())
    return _done(session_id)


@bp.post("/sessions/<uuid:session_id>/point-precedent")
def go_back(session_id: uuid.UUID) -> ResponseReturnValue:
    """Back to the point before."""
    day = get_run_day(me(), session_id)
    services.open_previous(me(), day, seen_id=_seen())
    return _done(session_id)


@bp.post("/sessions/<uuid:session_id>/points/<uuid:item_id>/ouvrir")
def open_point(session_id: uuid.UUID, item_id: uuid.UUID) -> ResponseReturnValue:
    """Open a chosen point."""
    day = get_run_day(me(), session_id)
    services.open_item(me(), day, get_point(day, item_id))
    return _done(session_id)


@bp.post("/sessions/<uuid:session_id>/pause")
def pause(session_id: uuid.UUID) -> ResponseReturnValue:
    """Stop the clocks."""
    day = get_run_day(me(), session_id)
    services.pause_day(me(), day)
    return _done(session_id)


@bp.post("/sessions/<uuid:session_id>/reprendre")
def resume(session_id: uuid.UUID) -> ResponseReturnValue:
    """Let the clocks run again."""
    day = get_run_day(me(), session_id)
    services.resume_day(me(), day)
    return _done(session_id)


@bp.post("/sessions/<uuid:session_id>/main")
def move_floor(session_id: uuid.UUID) -> ResponseReturnValue:
    """Hand the floor over, or take it."""
    day = get_run_day(me(), session_id)
    act = services.take_floor if FloorForm().act.data == "take" else services.hand_over
    act(me(), day)
    return _done(session_id)


@bp.route("/sessions/<uuid:session_id>/reporter", methods=["GET", "POST"])
def postpone(session_id: uuid.UUID) -> ResponseReturnValue:
    """Choose where the point under way goes, and why."""
    day = get_run_day(me(), session_id)
    item = current_item(day)
    if item is None:
        return see(url_for("day.desk", session_id=day.id), "Aucun point n’est en cours.")
    form = PostponeForm()
    later = {other.id: other for other in later_sessions(day)}
    dated = [(str(other.id), f"{other.starts_at:%d/%m/%Y}") for other in later.values()]
    form.to.choices = [*dated, ("", "Pas encore de session choisie")]
    if request.method == "GET":
        return render_template("day/postpone.html", form=form, item=item, day=day)
    if not form.validate():
        return invalid("day/postpone.html", form=form, item=item, day=day)
    target = later.get(form.to.data) if form.to.data else None
    services.postpone_current(me(), day, seen_id=item.id, to=target, reason=form.reason.data or "")
    commit()
    return see(url_for("day.desk", session_id=day.id), "Le point est reporté.")


@bp.route("/sessions/<uuid:session_id>/clore", methods=["GET", "POST"])
def close(session_id: uuid.UUID) -> ResponseReturnValue:
    """What is undecided, then the end of the day."""
    day = get_run_day(me(), session_id)
    if request.method == "GET":
        left = {"undecided": undecided_items(day), "drafts": drafts_of(day)}
        return render_template("day/close.html", day=day, decided=len(decisions_of(day)), **left)
    seen = CloseForm().undecided.data or "0"
    services.close_day(me(), day, undecided_count=int(seen) if seen.isdecimal() else -1)
    commit()
    return see(url_for("sessions.show", session_id=day.id), "La journée est close.")


@bp.post("/sessions/<uuid:session_id>/points/<uuid:item_id>/notes")
def write_notes(session_id: uuid.UUID, item_id: uuid.UUID) -> ResponseReturnValue:
    """Save the notes of a point; a stale text is shown beside the saved one."""
    day = get_run_day(me(), session_id)
    item = get_point(day, item_id)
    form = NotesForm()
    try:
        save_notes(me(), day, item, text=form.text.data or "", seen=form.seen.data or "")
        commit()
    except StaleError:
        return _stale_notes(day, form.text.data or "")
    return answer(me(), session_id, Audience.FACILITATION)


def _stale_notes(day: CommissionSession, typed: str) -> ResponseReturnValue:
    view = view_of(day.id)
    saved = view.current.notes if view.current else ""
    html = fragment(view, Audience.FACILITATION, "notes", typed_notes=typed, saved_notes=saved)
    return partial("notes", html), 409


def _done(session_id: uuid.UUID, audience: Audience = Audience.FACILITATION) -> ResponseReturnValue:
    commit()
    return answer(me(), session_id, audience)


def _seen() -> uuid.UUID | None:
    value = SeenForm().seen.data
    try:
        return uuid_or_none(value)
    except ValueError:
        raise StaleError() from None
