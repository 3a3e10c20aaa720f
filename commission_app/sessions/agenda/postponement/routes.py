"""Revoir: a point that was seen goes on at another session, or at each."""

import uuid

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from commission_app.accounts.web import me
from commission_app.core.db import commit
from commission_app.core.errors import NotFoundError
from commission_app.core.french import long_date
from commission_app.core.web import invalid, see
from commission_app.sessions.agenda.blueprint import bp
from commission_app.sessions.agenda.models import AgendaItem
from commission_app.sessions.agenda.policies import can_postpone_item
from commission_app.sessions.agenda.postponement.forms import RecurringForm, ReviewForm
from commission_app.sessions.agenda.postponement.services import review_item
from commission_app.sessions.agenda.queries import get_item, get_readable_session, later_sessions
from commission_app.sessions.agenda.services import set_recurring
from commission_app.sessions.agenda.waiting.queries import may_be_seen_again
from commission_app.sessions.models import CommissionSession

BASE = "/sessions/<uuid:session_id>/points/<uuid:item_id>"


@bp.get(f"{BASE}/revoir")
def choose_review(session_id: uuid.UUID, item_id: uuid.UUID) -> ResponseReturnValue:
    """Choose when a point is seen again."""
    day, item = _seen(session_id, item_id)
    return _page(day, item, ReviewForm(formdata=None).offer(later_sessions(day)))


@bp.post(f"{BASE}/revoir")
def see_again(session_id: uuid.UUID, item_id: uuid.UUID) -> ResponseReturnValue:
    """Make a new point there, linked to this one."""
    day, item = _seen(session_id, item_id)
    targets = {target.id: target for target in later_sessions(day)}
    form = ReviewForm().offer(list(targets.values()))
    if not form.validate():
        return invalid("agenda/review.html", **_context(*_seen(session_id, item_id), form))
    target = targets[form.to.data]
    review_item(me(), item, to=target)
    commit()
    location = url_for("sessions.show", session_id=target.id)
    return see(location, f"« {item.name} » sera revu le {long_date(target.starts_at)}.")


@bp.post(f"{BASE}/revient")
def keep(session_id: uuid.UUID, item_id: uuid.UUID) -> ResponseReturnValue:
    """Have a topic that was seen come back at each session, or no more."""
    _day, item = _seen(session_id, item_id)
    form = RecurringForm()
    set_recurring(me(), item, is_recurring=bool(form.recurring.data))
    commit()
    said = "revient à chaque session" if item.is_recurring else "ne revient plus de lui-même"
    return see(
        url_for("agenda.choose_review", session_id=session_id, item_id=item_id), f"« {item.name} » {said}."
    )


def _seen(session_id: uuid.UUID, item_id: uuid.UUID) -> tuple[CommissionSession, AgendaItem]:
    day = get_readable_session(me(), session_id)
    item = get_item(me(), day, item_id)
    if not can_postpone_item(me(), day) or not may_be_seen_again(item):
        raise NotFoundError()
    return day, item


def _page(day: CommissionSession, item: AgendaItem, form: ReviewForm) -> str:
    return render_template("agenda/review.html", **_context(day, item, form))


def _context(day: CommissionSession, item: AgendaItem, form: ReviewForm) -> dict[str, object]:
    return {
        "day": day,
        "item": item,
        "form": form,
        "may_recur": item.dossier_id is None,
        "recurring": RecurringForm(formdata=None, recurring=item.is_recurring),
    }
