"""What an act on a live page answers: its fragments to htmx, the page itself to a plain form."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from commission_app.accounts.models import User
from commission_app.core import clock
from commission_app.core.db import db, set_read_only
from commission_app.core.errors import NotFoundError
from commission_app.core.web import is_htmx, see
from commission_app.followup.models import Action
from commission_app.sessions.day.fragments import Audience, context, fragments_of, partials
from commission_app.sessions.day.rating.models import DayRating
from commission_app.sessions.day.rating.queries import own_rating
from commission_app.sessions.day.renderings import rendering_of
from commission_app.sessions.day.snapshot import live_view
from commission_app.sessions.day.view import LiveView
from commission_app.sessions.states import Stance

PAGES = {Audience.FACILITATION: "day.desk", Audience.MEMBERS: "day.live"}
OWN = {
    "mon-avis": "day/live/_opinion.html",
    "pour-ma-structure": "day/live/_mine.html",
    "ma-presence": "day/live/_presence.html",
    "mon-bilan": "day/live/_rating.html",
    "participer": "day/live/_thumbs.html",
}


@dataclass(frozen=True)
class Own:
    """What a participant's page shows to its reader alone."""

    structure: str
    waits: bool
    stance: Stance | None
    words: str
    tasks: tuple[tuple[str, date], ...]
    is_invited: bool
    arrived_at: datetime | None
    rating: DayRating | None


def view_of(session_id: uuid.UUID) -> LiveView:
    """The day as it is now; a day that does not exist is not found."""
    view = live_view(session_id)
    if view is None:
        raise NotFoundError()
    return view


def own_of(reader: User, view: LiveView) -> Own:
    """The reader's own part of a view."""
    said = next(
        (one for one in (view.read_back.said if view.read_back else ()) if one.user_id == reader.id), None
    )
    return Own(
        structure=reader.structure_name,
        waits=any(hand.user_id == reader.id for hand in view.hands),
        stance=said.stance if said else None,
        words=said.words if said else "",
        tasks=_tasks(reader, view),
        is_invited=any(seat.user_id == reader.id for seat in view.seats),
        arrived_at=dict(view.there).get(reader.id),
        rating=own_rating(view.id, reader.id) if view.closed_at else None,
    )


def page(reader: User, session_id: uuid.UUID, audience: Audience) -> str:
    """The whole page, or its fragments when the page itself asks again."""
    view = view_of(session_id)
    if is_htmx():
        return _shown(reader, audience, view, fragments_of(view, audience))
    own = own_of(reader, view) if audience is Audience.MEMBERS else None
    template = "day/live.html" if audience is Audience.MEMBERS else "day/desk.html"
    return render_template(template, own=own, **context(view))


def answer(reader: User, session_id: uuid.UUID, audience: Audience, message: str = "") -> ResponseReturnValue:
    """After an act and its commit: the fragments of the page that it was made on, or that page. The day is
    named by its identifier: its row would be read once more."""
    if not is_htmx():
        return see(url_for(PAGES[audience], session_id=session_id), message)
    set_read_only(True)  # what the answer reads waits for no writer
    just = rendering_of(session_id)
    if just is None:
        return page(reader, session_id, audience)
    view = replace(just.view, clock=replace(just.view.clock, now=clock.now()))  # sending took its time
    return _shown(reader, audience, view, just.fragments[audience])


def _shown(reader: User, audience: Audience, view: LiveView, shared: Mapping[str, str]) -> str:
    """What everybody sees with what the reader alone does."""
    if audience is not Audience.MEMBERS:
        return partials(view, shared)
    values = {"own": own_of(reader, view), **context(view)}
    return partials(view, {**shared, **{name: render_template(path, **values) for name, path in OWN.items()}})


def _tasks(reader: User, view: LiveView) -> tuple[tuple[str, date], ...]:
    if reader.structure_id is None or not view.decisions:
        return ()
    query = (
        select(Action.title, Action.due_on)
        .where(Action.commission_session_id == view.id, Action.structure_id == reader.structure_id)
        .order_by(Action.due_on)
    )
    return tuple((title, due_on) for title, due_on in db.session.execute(query))
