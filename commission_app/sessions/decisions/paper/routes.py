"""The page on which a day held on paper is entered."""

import uuid

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue

from commission_app.accounts.web import me
from commission_app.core.db import commit, rollback
from commission_app.core.errors import StaleError
from commission_app.core.web import invalid, see
from commission_app.sessions.decisions.paper.forms import PaperForm
from commission_app.sessions.decisions.paper.queries import get_paper_day, sheets_of
from commission_app.sessions.decisions.paper.services import SheetFault, enter_paper_day

bp = Blueprint("paper", __name__)
PAGE = "paper/enter.html"
ADDRESS = "/sessions/<uuid:session_id>/saisie-papier"


@bp.get(ADDRESS)
def show(session_id: uuid.UUID) -> ResponseReturnValue:
    """One block a point, in the order of the day."""
    sheets = sheets_of(get_paper_day(me(), session_id))
    return render_template(PAGE, sheets=sheets, day=sheets.day, form=PaperForm().offer(sheets))


@bp.post(ADDRESS)
def enter(session_id: uuid.UUID) -> ResponseReturnValue:
    """Write all of it and close the day, or nothing."""
    day = get_paper_day(me(), session_id)
    sheets = sheets_of(day)
    form = PaperForm().offer(sheets)
    if not form.validate():
        return _again(session_id, form)
    try:
        enter_paper_day(me(), day, form.written, present=form.present.data or [])
        commit()
    except SheetFault as fault:
        form.refuse_sheet(fault.item_id, fault.message, field=fault.field)
        return _again(session_id, form)
    except StaleError as error:
        form.refuse(error.message)
        return _again(session_id, form)
    return see(url_for("sessions.show", session_id=session_id), "La journée est saisie et close.")


def _again(session_id: uuid.UUID, form: PaperForm) -> ResponseReturnValue:
    """The page with everything that was typed; nothing of it was written."""
    rollback()
    day = get_paper_day(me(), session_id)
    sheets = sheets_of(day)
    if form.is_stale(sheets):
        form.realign(sheets)
    return invalid(PAGE, sheets=sheets, day=day, form=form)
