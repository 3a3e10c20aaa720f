"""The year of a territory: proposed, moved, published."""

from uuid import UUID

from flask import Blueprint, render_template, request, url_for
from werkzeug.wrappers import Response

from commission_app.accounts.models import User
from commission_app.accounts.queries import chosen_territory
from commission_app.accounts.states import Role
from commission_app.accounts.web import me
from commission_app.core.db import commit, rollback
from commission_app.core.errors import InvalidInputError, NotFoundError, StaleError
from commission_app.core.forms import uuid_or_none
from commission_app.core.french import plural
from commission_app.core.web import invalid, see
from commission_app.sessions.calendar.forms import AddDateForm, MoveForm
from commission_app.sessions.calendar.queries import days_to_avoid
from commission_app.sessions.calendar.services import add_session, lay_out_year, publish_year
from commission_app.sessions.calendar.year import year_page
from commission_app.sessions.hours import day_of
from commission_app.sessions.policies import can_prepare_session
from commission_app.sessions.queries import get_session
from commission_app.sessions.services import move_session
from commission_app.territories.models import Territory

bp = Blueprint("year", __name__)
FIRST_YEAR, LAST_YEAR = 2020, 2100


@bp.get("/sessions/annee/<int:year>")
def show(year: int) -> str:
    """The dates of a year with their reasons, and the year at a glance."""
    territory = _territory(me(), year)
    return render_template("sessions/year.html", page=year_page(territory, year), form=AddDateForm())


@bp.post("/sessions/annee/<int:year>")
def lay_out(year: int) -> Response:
    """Draft the dates that the assistant proposes."""
    territory = _territory(me(), year)
    days = lay_out_year(me(), territory, year=year)
    commit()
    drafted = plural(len(days), "date proposée", "dates proposées")
    return see(_year_url(territory, year), f"{drafted} : relisez, déplacez, puis publiez.")


@bp.post("/sessions/annee/<int:year>/dates")
def add(year: int) -> Response | tuple[str, int]:
    """Draft one more date."""
    territory, form = _territory(me(), year), AddDateForm()
    if form.validate():
        try:
            day = add_session(me(), territory, **form.payload())
            commit()
            return see(_year_url(territory, day_of(day).year), "Date ajoutée, encore à publier.")
        except InvalidInputError as error:
            form.refuse(error.message, field=error.field)
    page = year_page(territory, year)
    return invalid("sessions/year.html", page=page, form=form)


@bp.get("/sessions/annee/<int:year>/publier")
def review(year: int) -> str:
    """Before the dates are published: who will see them."""
    territory = _territory(me(), year)
    return render_template("sessions/publish.html", page=year_page(territory, year))


@bp.post("/sessions/annee/<int:year>/publier")
def publish(year: int) -> Response:
    """Put the dates on everybody's calendar."""
    territory = _territory(me(), year)
    days = publish_year(me(), territory, year=year)
    commit()
    published = plural(len(days), "date est au calendrier", "dates sont au calendrier")
    return see(url_for("sessions.index", territoire=territory.id, annee=year), f"{published}.")


@bp.route("/sessions/<uuid:session_id>/deplacer", methods=["GET", "POST"])
def move(session_id: UUID) -> Response | str | tuple[str, int]:
    """Put a day on another date."""
    day = get_session(me(), session_id)
    if not can_prepare_session(me(), day):
        raise NotFoundError()
    form = MoveForm(data={"version": day.version, "on": day_of(day)})
    if form.validate_on_submit():
        try:
            move_session(me(), day, **form.payload())
            commit()
            return see(_year_url(day.territory, day_of(day).year), "La session est déplacée.")
        except InvalidInputError as error:
            form.refuse(error.message, field=error.field)
        except StaleError:
            rollback()
            form.keep_beside(MoveForm(formdata=None, version=day.version, on=day_of(day)))
    context = {"day": day, "form": form, "nearby": days_to_avoid(day)}
    if form.errors or form.form_errors:
        return invalid("sessions/move.html", **context)
    return render_template("sessions/move.html", **context)


def _territory(actor: User, year: int) -> Territory:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise NotFoundError()
    wanted = request.args.get("territoire", type=uuid_or_none)
    return chosen_territory(actor, wanted, Role.COORDINATOR)


def _year_url(territory: Territory, year: int) -> str:
    return url_for("year.show", year=year, territoire=territory.id)
