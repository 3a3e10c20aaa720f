"""The page of one's secret addresses, and what calendar programs read."""

from flask import Blueprint, current_app, flash, render_template, request, session, url_for
from werkzeug.wrappers import Response

from commission_app.accounts.queries import territories_for
from commission_app.accounts.states import Role
from commission_app.accounts.web import me
from commission_app.core.config import Config
from commission_app.core.db import commit
from commission_app.core.errors import NotFoundError
from commission_app.core.forms import uuid_or_none
from commission_app.core.web import absolute_url, public, see
from commission_app.sessions.calendar.feeds.queries import content_of, feed_behind, own_feed, territory_feeds
from commission_app.sessions.calendar.feeds.services import renew_feed, revoke_feed
from commission_app.sessions.convening.ics import Sender, feed_of
from commission_app.territories.models import Territory

bp = Blueprint("calendar", __name__)
#: The secret travels once from the act to the page, in the person's own cookie.
SHOWN_ONCE = "feed_address"


@bp.get("/mon-calendrier")
def mine() -> str:
    """The addresses that stand; a new one is shown once."""
    prepared = territories_for(me(), Role.COORDINATOR)
    feeds = territory_feeds(prepared)
    return render_template(
        "sessions/feeds.html",
        own=own_feed(me()),
        territories=[(territory, feeds.get(territory.id)) for territory in prepared],
        address=session.pop(SHOWN_ONCE, ""),
    )


@bp.post("/mon-calendrier")
def renew() -> Response:
    """Make an address, or replace the former one."""
    token = renew_feed(me(), _territory())
    commit()
    session[SHOWN_ONCE] = absolute_url("calendar.feed", token=token)
    return see(url_for("calendar.mine"))


@bp.post("/mon-calendrier/retirer")
def revoke() -> Response:
    """Withdraw an address."""
    revoke_feed(me(), _territory())
    commit()
    flash("L’adresse est retirée : les agendas qui la lisaient ne reçoivent plus rien.")
    return see(url_for("calendar.mine"))


@bp.get("/agenda/<token>.ics")
@public
def feed(token: str) -> Response:
    """The days, for a calendar program that knows the secret."""
    content = content_of(feed_behind(token))
    config: Config = current_app.extensions["commission_config"]
    sender = Sender(current_app.extensions["commission_words"].product, config.mail_sender)
    days = [(day, absolute_url("sessions.show", session_id=day.id)) for day in content.days]
    response = current_app.response_class(
        feed_of(days, sender=sender, name=content.name), mimetype="text/calendar"
    )
    response.headers["Cache-Control"] = "no-store"
    return response


def _territory() -> Territory | None:
    """The territory that the form names, among those the person coordinates; none for the own feed."""
    wanted = request.form.get("territory", type=uuid_or_none)
    if wanted is None:
        return None
    for territory in territories_for(me(), Role.COORDINATOR):
        if territory.id == wanted:
            return territory
    raise NotFoundError()
