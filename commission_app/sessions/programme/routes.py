"""The programme of a territory's usual day, and that of one session."""

from uuid import UUID

from flask import Blueprint, render_template, request, url_for
from werkzeug.wrappers import Response

from commission_app.accounts.queries import chosen_territory
from commission_app.accounts.states import Role
from commission_app.accounts.web import me
from commission_app.core import clock
from commission_app.core.db import commit, rollback
from commission_app.core.errors import InvalidInputError, NotFoundError, StaleError
from commission_app.core.forms import uuid_or_none
from commission_app.core.web import invalid, see
from commission_app.sessions.models import CommissionSession
from commission_app.sessions.policies import can_prepare_session
from commission_app.sessions.programme.forms import ProgrammeForm, TemplateForm
from commission_app.sessions.programme.frame import ENDS, STARTS, usual_programme
from commission_app.sessions.programme.queries import template_of
from commission_app.sessions.programme.services import save_programme, save_template
from commission_app.sessions.queries import get_session
from commission_app.territories.models import Territory

bp = Blueprint("programme", __name__)


@bp.get("/sessions/programme-type")
def show_template() -> str:
    """The usual day of a territory."""
    territory = _territory()
    form = _kept_template(territory)
    return render_template("sessions/programme_template.html", territory=territory, form=form)


@bp.post("/sessions/programme-type")
def write_template() -> Response | tuple[str, int]:
    """Write the usual day of a territory."""
    territory, form = _territory(), TemplateForm()
    if form.validate():
        try:
            save_template(
                me(),
                territory,
                starts=form.payload()["starts"],
                ends=form.payload()["ends"],
                moments=form.moments,
                version=form.payload()["version"],
            )
            commit()
            year_url = url_for("year.show", year=clock.today().year, territoire=territory.id)
            return see(year_url, "Le programme type est enregistré.")
        except InvalidInputError as error:
            form.refuse(error.message, field=error.field)
        except StaleError:
            rollback()
            form.keep_beside(_kept_template(territory))
    return invalid("sessions/programme_template.html", territory=territory, form=form)


@bp.get("/sessions/<uuid:session_id>/programme")
def show(session_id: UUID) -> str:
    """The programme of one day."""
    day = _day(session_id)
    return render_template("sessions/programme.html", day=day, form=_kept(day))


@bp.post("/sessions/<uuid:session_id>/programme")
def write(session_id: UUID) -> Response | tuple[str, int]:
    """Write the programme of one day."""
    day, form = _day(session_id), ProgrammeForm()
    if form.validate():
        starts, ends = clock.local(day.starts_at).time(), clock.local(day.ends_at).time()
        try:
            version = form.payload()["version"]
            save_programme(me(), day, starts=starts, ends=ends, moments=form.moments, version=version)
            commit()
            return see(url_for("sessions.show", session_id=day.id), "Le programme est enregistré.")
        except InvalidInputError as error:
            form.refuse(error.message, field=error.field)
        except StaleError:
            rollback()
            form.keep_beside(_kept(day))
    return invalid("sessions/programme.html", day=day, form=form)


def _kept_template(territory: Territory) -> TemplateForm:
    template = template_of(territory)
    usual = {"starts": STARTS, "ends": ENDS} if template is None else None
    form = TemplateForm(formdata=None, data=usual, obj=template)
    form.show(usual_programme() if template is None else template.programme)
    return form


def _kept(day: CommissionSession) -> ProgrammeForm:
    form = ProgrammeForm(formdata=None, version=day.version)
    form.show(day.programme)
    return form


def _territory() -> Territory:
    return chosen_territory(me(), request.args.get("territoire", type=uuid_or_none), Role.COORDINATOR)


def _day(session_id: UUID) -> CommissionSession:
    day = get_session(me(), session_id)
    if not can_prepare_session(me(), day):
        raise NotFoundError()
    return day
