"""Inviting experts from outside, and what their link opens."""

import uuid
from typing import Any

from flask import Blueprint, current_app, make_response, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from commission_app.accounts.web import is_background, me
from commission_app.core import clock
from commission_app.core.db import commit
from commission_app.core.errors import ExpiredLinkError, InvalidInputError, NotFoundError
from commission_app.core.web import STILL_READABLE, invalid, is_htmx, public, see
from commission_app.sessions.convening.guests.forms import GuestForm
from commission_app.sessions.convening.guests.policies import can_invite_guest
from commission_app.sessions.convening.guests.queries import (
    GuestPage,
    get_guest,
    guest_behind,
    heard_on,
    points_for_guests,
    presentation_for,
)
from commission_app.sessions.convening.guests.services import (
    invite_guest,
    read_point,
    revoke_guest,
    send_link_again,
)
from commission_app.sessions.day.fragments import partial
from commission_app.sessions.models import CommissionSession
from commission_app.sessions.queries import get_session

bp = Blueprint("guests", __name__)
#: Carries the link to the line of the page, and nowhere else.
GUEST_COOKIE = "guest"
LINE = "/socket.io"
COOKIE_SECONDS = 24 * 3600
BASE = "/sessions/<uuid:session_id>/invites"


@bp.get(f"{BASE}/nouveau")
def new(session_id: uuid.UUID) -> ResponseReturnValue:
    """Who comes, and for which points."""
    day = _prepared(session_id)
    return render_template("guests/new.html", day=day, form=_form(day))


@bp.post(f"{BASE}/nouveau")
def create(session_id: uuid.UUID) -> ResponseReturnValue:
    """Invite, and send the link."""
    day = _prepared(session_id)
    form = _form(day)
    if form.validate():
        try:
            invite_guest(me(), day, **form.payload())
            commit()
            return see(_back(session_id), "L’invitation part maintenant, avec un lien personnel.")
        except InvalidInputError as error:
            form.refuse(error.message, field=error.field)
    return invalid("guests/new.html", day=day, form=form)


@bp.post(f"{BASE}/<uuid:guest_id>/renvoyer")
def send_again(session_id: uuid.UUID, guest_id: uuid.UUID) -> ResponseReturnValue:
    """Send the link once more."""
    send_link_again(me(), get_guest(me(), session_id, guest_id))
    commit()
    return see(_back(session_id), "Le lien part de nouveau.")


@bp.post(f"{BASE}/<uuid:guest_id>/retirer")
def revoke(session_id: uuid.UUID, guest_id: uuid.UUID) -> ResponseReturnValue:
    """Take the invitation back."""
    revoke_guest(me(), get_guest(me(), session_id, guest_id))
    commit()
    return see(
        _back(session_id), "L’invitation est retirée : le lien n’ouvre plus rien, la personne est prévenue."
    )


@bp.get("/invite/<token>")
@public
def show_link(token: str) -> ResponseReturnValue:
    """The day and the points of a guest; asked again by itself while the page is open."""
    try:
        page = guest_behind(token)
    except ExpiredLinkError:
        if not is_htmx():
            raise
        return "", 410, {"HX-Refresh": "true"}  # nothing of it stays on the screen
    if not is_htmx():
        return _whole(page, token)
    if page.is_live != ("direct" in request.args):
        return "", {"HX-Refresh": "true"}  # the day began or ended: another page
    return _parts(page, token) if page.is_live else render_template("guests/_day.html", **_shown(page, token))


@bp.post("/invite/<token>/points/<uuid:item_id>")
@public
def read(token: str, item_id: uuid.UUID) -> ResponseReturnValue:
    """Open what is presented at a point: noted, then shown."""
    page = guest_behind(token)
    passage, _presentation = presentation_for(page, item_id)
    read_point(page, passage)
    commit()
    session[_opened(item_id)] = str(page.guest.id)
    return see(url_for("guests.show_point", token=token, item_id=item_id))


@bp.get("/invite/<token>/points/<uuid:item_id>")
@public
def show_point(token: str, item_id: uuid.UUID) -> ResponseReturnValue:
    """What is presented at a point, in the browser that opened it; elsewhere the page that asks to."""
    page = guest_behind(token)
    passage, presentation = presentation_for(page, item_id)
    if session.get(_opened(item_id)) != str(page.guest.id):
        return _whole(page, token)
    if is_background():
        return STILL_READABLE
    return render_template(
        "guests/point.html", page=page, passage=passage, presentation=presentation, token=token
    )


def _whole(page: GuestPage, token: str) -> ResponseReturnValue:
    """The page: on a day under way it follows by a line, let in by a cookie that goes nowhere else."""
    if not page.is_live:
        return render_template("guests/show.html", **_shown(page, token))
    url = url_for("guests.show_link", token=token, direct=1)
    answered = make_response(render_template("guests/live.html", **_shown(page, token), live_url=url))
    is_https = bool(current_app.extensions["commission_config"].https)
    answered.set_cookie(
        GUEST_COOKIE,
        token,
        path=LINE,
        httponly=True,
        samesite="Lax",
        secure=is_https,
        max_age=COOKIE_SECONDS,
    )
    return answered


def _parts(page: GuestPage, token: str) -> str:
    shown = _shown(page, token)
    parts = ("passages", "guests/_day.html"), ("instant", "guests/_moment.html")
    return "".join(partial(name, render_template(path, **shown)) for name, path in parts)


def _shown(page: GuestPage, token: str) -> dict[str, Any]:
    return {
        "page": page,
        "token": token,
        "heard": heard_on(page) if page.is_live else None,
        "now": clock.now(),
    }


def _prepared(session_id: uuid.UUID) -> CommissionSession:
    day = get_session(me(), session_id)
    if not can_invite_guest(me(), day):
        raise NotFoundError()
    return day


def _form(day: CommissionSession) -> GuestForm:
    return GuestForm().offer(points_for_guests(day))


def _opened(item_id: uuid.UUID) -> str:
    return f"guest:{item_id}"


def _back(session_id: uuid.UUID) -> str:
    return url_for("convening.show", session_id=session_id, _anchor="invites")
