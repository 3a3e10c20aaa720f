"""The page of absences."""

from uuid import UUID

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue

from commission_app.accounts.web import me
from commission_app.binomes.absences.forms import AbsenceForm
from commission_app.binomes.absences.queries import absences_for, colleagues_of, get_absence, people_for
from commission_app.binomes.absences.services import record_absence, remove_absence
from commission_app.core.db import commit
from commission_app.core.errors import InvalidInputError
from commission_app.core.web import see

bp = Blueprint("absences", __name__, url_prefix="/binomes/absences")


@bp.get("")
def index() -> str:
    """Absences under way and to come, and the form for another one."""
    return _page(_form())


@bp.post("")
def create() -> ResponseReturnValue:
    """Say that somebody is away."""
    form = _form()
    if not form.validate():
        return _page(form), 422
    try:
        record_absence(me(), **form.payload())
    except InvalidInputError as error:
        form.refuse(error.message, field=error.field)
        return _page(form), 422
    commit()
    return see(url_for("absences.index"), "L’absence est notée. Les appels vont à la personne indiquée.")


@bp.post("/<uuid:absence_id>/retirer")
def remove(absence_id: UUID) -> ResponseReturnValue:
    """Take an absence back."""
    remove_absence(me(), get_absence(me(), absence_id))
    commit()
    return see(url_for("absences.index"), "L’absence est retirée.")


def _form() -> AbsenceForm:
    form = AbsenceForm()
    people = people_for(me())
    form.offer(people, colleagues_of(people))
    return form


def _page(form: AbsenceForm) -> str:
    return render_template("binomes/absences.html", form=form, absences=absences_for(me()))
