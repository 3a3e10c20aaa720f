"""Hands, arrivals, ideas, and the link of the room screen."""

import uuid

from flask import Blueprint, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from commission_app.accounts.web import me
from commission_app.core.db import commit, db
from commission_app.core.errors import NotFoundError
from commission_app.core.web import absolute_url, invalid, see
from commission_app.sessions.day.answers import answer, view_of
from commission_app.sessions.day.fragments import Audience, context
from commission_app.sessions.day.models import ScreenLink
from commission_app.sessions.day.policies import can_run_day
from commission_app.sessions.day.queries import get_followed_day, get_run_day, open_screen_links
from commission_app.sessions.day.room import services
from commission_app.sessions.day.room.forms import CheckInForm, ParkForm, ProposeForm
from commission_app.sessions.models import CommissionSession
from commission_app.sessions.policies import can_prepare_session, is_facilitator
from commission_app.sessions.queries import get_session
from commission_app.sessions.states import ParkedKind

bp = Blueprint("room", __name__)

PROPOSALS = {
    ParkedKind.TAKEN: (
        "Je prends une action",
        "Dites quoi et pour quand : les co-animateurs la reprendront.",
    ),
    ParkedKind.SOLUTION: (
        "Proposer une solution",
        "Une place, un dispositif, un contact de votre structure.",
    ),
}


@bp.post("/sessions/<uuid:session_id>/main-levee")
def raise_hand(session_id: uuid.UUID) -> ResponseReturnValue:
    """Ask to speak."""
    day = get_followed_day(me(), session_id)
    services.raise_hand(me(), day)
    return _done(session_id, Audience.MEMBERS)


@bp.post("/sessions/<uuid:session_id>/main-baissee")
def lower_hand(session_id: uuid.UUID) -> ResponseReturnValue:
    """Ask no more."""
    day = get_followed_day(me(), session_id)
    services.lower_hand(me(), day)
    return _done(session_id, Audience.MEMBERS)


@bp.post("/sessions/<uuid:session_id>/paroles/<uuid:hand_id>/donner")
def give_floor(session_id: uuid.UUID, hand_id: uuid.UUID) -> ResponseReturnValue:
    """Let somebody speak."""
    day = get_run_day(me(), session_id)
    services.give_floor_to(me(), day, hand_id=hand_id)
    return _done(session_id)


@bp.post("/sessions/<uuid:session_id>/paroles/<uuid:hand_id>/terminer")
def clear_hand(session_id: uuid.UUID, hand_id: uuid.UUID) -> ResponseReturnValue:
    """Somebody was heard."""
    day = get_run_day(me(), session_id)
    services.clear_hand(me(), day, hand_id=hand_id)
    return _done(session_id)


@bp.get("/sessions/<uuid:session_id>/presences")
def attendance(session_id: uuid.UUID) -> ResponseReturnValue:
    """Everybody invited, to note arrivals and departures."""
    day = get_run_day(me(), session_id)
    return render_template("day/attendance.html", **context(view_of(day.id)))


@bp.post("/sessions/<uuid:session_id>/presences/<uuid:user_id>/arrivee")
def check_in(session_id: uuid.UUID, user_id: uuid.UUID) -> ResponseReturnValue:
    """Somebody arrived."""
    day = get_run_day(me(), session_id)
    form = CheckInForm()
    if not form.validate():
        return invalid("day/attendance.html", **context(view_of(day.id)), form=form, at_fault=user_id)
    services.check_in(me(), day, user_id=user_id, stands_in=form.stands_in.data or "")
    commit()
    return see(url_for("day.room.attendance", session_id=day.id, _anchor=f"place-{user_id}"))


@bp.post("/sessions/<uuid:session_id>/presences/<uuid:user_id>/sortie")
def check_out(session_id: uuid.UUID, user_id: uuid.UUID) -> ResponseReturnValue:
    """Somebody left."""
    day = get_run_day(me(), session_id)
    services.check_out(me(), day, user_id=user_id)
    commit()
    return see(url_for("day.room.attendance", session_id=day.id, _anchor=f"place-{user_id}"))


@bp.post("/sessions/<uuid:session_id>/plus-tard")
def park(session_id: uuid.UUID) -> ResponseReturnValue:
    """Keep an idea."""
    day = get_run_day(me(), session_id)
    form = ParkForm()
    if not form.validate():
        raise NotFoundError()
    services.park_idea(me(), day, kind=ParkedKind(form.kind.data), text=form.text.data or "")
    return _done(session_id)


@bp.post("/sessions/<uuid:session_id>/plus-tard/<uuid:idea_id>/traiter")
def handle_idea(session_id: uuid.UUID, idea_id: uuid.UUID) -> ResponseReturnValue:
    """Something was made of an idea."""
    day = get_run_day(me(), session_id)
    services.handle_idea(me(), day, idea_id=idea_id)
    return _done(session_id)


@bp.route("/sessions/<uuid:session_id>/en-direct/proposer/<kind>", methods=["GET", "POST"])
def propose(session_id: uuid.UUID, kind: str) -> ResponseReturnValue:
    """Put something forward for one's structure."""
    day = get_followed_day(me(), session_id)
    chosen = next((one for one in PROPOSALS if one.value == kind), None)
    if chosen is None:
        abort(404)
    title, hint = PROPOSALS[chosen]
    form = ProposeForm()
    shown = {"form": form, "day": day, "kind": chosen, "title": title, "hint": hint}
    if request.method == "GET":
        return render_template("day/propose.html", **shown)
    if not form.validate():
        return invalid("day/propose.html", **shown)
    services.park_idea(me(), day, kind=chosen, text=form.text.data or "")
    commit()
    return see(url_for("day.live", session_id=day.id), "Votre proposition est chez les co-animateurs.")


@bp.get("/sessions/<uuid:session_id>/ecran")
def screen_links(session_id: uuid.UUID) -> ResponseReturnValue:
    """The link of the room screen."""
    return render_template("day/screen_links.html", **_link_page(_equipped_day(session_id)))


@bp.post("/sessions/<uuid:session_id>/ecran")
def create_screen_link(session_id: uuid.UUID) -> ResponseReturnValue:
    """A new link, shown once."""
    day = _equipped_day(session_id)
    token = services.create_screen_link(me(), day)
    commit()
    address = absolute_url("day.screen", token=token)
    return render_template("day/screen_links.html", address=address, **_link_page(day))


@bp.post("/sessions/<uuid:session_id>/ecran/retirer")
def revoke_screen_links(session_id: uuid.UUID) -> ResponseReturnValue:
    """Withdraw the link."""
    day = _equipped_day(session_id)
    services.revoke_screen_links(me(), day)
    commit()
    return see(url_for("day.room.screen_links", session_id=day.id), "Le lien de l’écran est retiré.")


def _equipped_day(session_id: uuid.UUID) -> CommissionSession:
    day = get_session(me(), session_id)
    if not (is_facilitator(me(), day) or can_prepare_session(me(), day)):
        raise NotFoundError()
    return day


def _link_page(day: CommissionSession) -> dict[str, object]:
    link = db.session.scalar(open_screen_links().where(ScreenLink.commission_session_id == day.id))
    return {"day": day, "link": link, "runs": can_run_day(me(), day)}


def _done(session_id: uuid.UUID, audience: Audience = Audience.FACILITATION) -> ResponseReturnValue:
    commit()
    return answer(me(), session_id, audience)
