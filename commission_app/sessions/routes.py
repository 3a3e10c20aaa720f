"""The list of days, the page of one, and its changes."""

from typing import Any
from uuid import UUID

from flask import Blueprint, render_template, request, url_for
from werkzeug.wrappers import Response

from commission_app.accounts.queries import territories_for
from commission_app.accounts.web import me
from commission_app.core import clock
from commission_app.core.db import commit, rollback
from commission_app.core.errors import InvalidInputError, NotFoundError, StaleError
from commission_app.core.forms import uuid_or_none
from commission_app.core.web import invalid, see
from commission_app.sessions.day.rating.queries import moods_of
from commission_app.sessions.forms import CancelForm, SessionForm
from commission_app.sessions.hours import local_moment
from commission_app.sessions.links import answer_words, pages_of, programme_lines, step_url, where_and_when
from commission_app.sessions.models import CommissionSession
from commission_app.sessions.overview import overview_of
from commission_app.sessions.page import page_of
from commission_app.sessions.policies import can_prepare_session
from commission_app.sessions.queries import all_territories, get_session
from commission_app.sessions.services import cancel_session, edit_session
from commission_app.territories.models import Territory

bp = Blueprint("sessions", __name__)


@bp.get("/sessions")
def index() -> str:
    """The year of a territory: what comes, what was, the days at a glance."""
    wanted = request.args.get("territoire", type=uuid_or_none)
    territories = territories_for(me())
    territory = _chosen(territories, wanted)
    year = request.args.get("annee", clock.today().year, type=int)
    overview = overview_of(me(), territory, min(max(year, 2020), 2100))
    choices = [(here.id, here.name) for here in territories]
    return render_template("sessions/index.html", overview=overview, choices=choices)


@bp.get("/sessions/<uuid:session_id>")
def show(session_id: UUID) -> str:
    """Where, when, who, where it stands, and what comes next for the reader."""
    page = page_of(me(), get_session(me(), session_id))
    return render_template(
        "sessions/show.html",
        page=page,
        step=page.next_step,
        step_url=step_url(page),
        where=where_and_when(page),
        programme=programme_lines(page.day),
        links=pages_of(page),
        answer_detail=answer_words(page.invitation),
        moods=moods_of(page.day.id) if page.reads_moods else [],
    )


@bp.get("/sessions/<uuid:session_id>/modifier")
def edit(session_id: UUID) -> str:
    """The date, the hours, the place."""
    day = _prepared(session_id)
    return render_template("sessions/edit.html", day=day, form=_form(day))


@bp.post("/sessions/<uuid:session_id>/modifier")
def save(session_id: UUID) -> Response | tuple[str, int]:
    """Change them; a stale form shows both texts."""
    day = _prepared(session_id)
    form = _form(day)
    if form.validate():
        try:
            edit_session(me(), day, **_values(form))
            commit()
            return see(url_for("sessions.show", session_id=day.id), "La session est modifiée.")
        except InvalidInputError as error:
            form.refuse(error.message, field=error.field)
        except StaleError:
            rollback()
            form.keep_beside(_form(day, formdata=None))
    return invalid("sessions/edit.html", day=day, form=form)


@bp.get("/sessions/<uuid:session_id>/annuler")
def confirm_cancel(session_id: UUID) -> str:
    """Before a day is cancelled: who is told."""
    day = _prepared(session_id)
    form = CancelForm(data={"version": day.version})
    return render_template("sessions/cancel.html", page=page_of(me(), day), form=form)


@bp.post("/sessions/<uuid:session_id>/annuler")
def cancel(session_id: UUID) -> Response | tuple[str, int]:
    """Cancel the day."""
    day, form = _prepared(session_id), CancelForm()
    if form.validate():
        try:
            cancel_session(me(), day, **form.payload())
            commit()
            return see(url_for("sessions.show", session_id=day.id), "La session est annulée.")
        except InvalidInputError as error:
            form.refuse(error.message, field=error.field)
        except StaleError:
            rollback()
            form.keep_typed(day.version)
    return invalid("sessions/cancel.html", page=page_of(me(), day), form=form)


def _chosen(territories: list[Territory], wanted: UUID | None) -> Territory | None:
    """The territory asked for, else the first; none for who acts on none."""
    if wanted is None:
        return territories[0] if territories else None
    for territory in territories:
        if territory.id == wanted:
            return territory
    raise NotFoundError()


def _prepared(session_id: UUID) -> CommissionSession:
    day = get_session(me(), session_id)
    if not can_prepare_session(me(), day):
        raise NotFoundError()
    return day


def _form(day: CommissionSession, **given: Any) -> SessionForm:
    starts, ends = clock.local(day.starts_at), clock.local(day.ends_at)
    form = SessionForm(
        data={
            **{name: getattr(day, name) for name in ("version", "title", "place", "access", "remote_link")},
            "has_lunch": day.has_lunch,
            "agenda_due_on": day.agenda_due_on,
            "on": starts.date(),
            "starts": starts.time(),
            "ends": ends.time(),
            "territories": [territory.id for territory in day.territories],
        },
        **given,
    )
    form.offer(all_territories())
    return form


def _values(form: SessionForm) -> dict[str, Any]:
    """What the service takes: moments instead of a date and hours, territories instead of identifiers."""
    values = form.payload()
    on, chosen = values.pop("on"), set(values["territories"] or [])
    values["starts_at"] = local_moment(on, values.pop("starts"))
    values["ends_at"] = local_moment(on, values.pop("ends"))
    values["territories"] = [territory for territory in all_territories() if territory.id in chosen]
    return values
