"""What each person is told of the decisions of a day, in plain words."""

import uuid
from typing import Any

from flask import Blueprint, Response, render_template, url_for
from flask.typing import ResponseReturnValue

from commission_app.accounts.web import me
from commission_app.core.db import commit, rollback
from commission_app.core.errors import InvalidInputError, NotFoundError, StaleError
from commission_app.core.web import invalid, see
from commission_app.sessions.decisions.telling.exports import sheet_pdf
from commission_app.sessions.decisions.telling.forms import PlainWordsForm
from commission_app.sessions.decisions.telling.queries import Told, get_told, tellings_of
from commission_app.sessions.decisions.telling.services import word_decision
from commission_app.sessions.queries import get_session

bp = Blueprint("telling", __name__)
BASE = "/sessions/<uuid:session_id>"
ONE = f"{BASE}/decisions/<uuid:decision_id>/annonce"
PAGE = "telling/show.html"


@bp.get(f"{BASE}/annonces")
def index(session_id: uuid.UUID) -> ResponseReturnValue:
    """The decisions of a day that the reader tells, or sees told."""
    day = get_session(me(), session_id)
    tellings = tellings_of(me(), day)
    if not tellings:
        raise NotFoundError()
    return render_template("telling/index.html", day=day, tellings=tellings)


@bp.get(ONE)
def show(session_id: uuid.UUID, decision_id: uuid.UUID) -> ResponseReturnValue:
    """The text for the person."""
    told = get_told(me(), session_id, decision_id)
    return render_template(PAGE, **_shown(told, _form(told)))


@bp.post(ONE)
def write(session_id: uuid.UUID, decision_id: uuid.UUID) -> ResponseReturnValue:
    """Word it; a stale form shows both texts."""
    told, form = get_told(me(), session_id, decision_id), PlainWordsForm()
    if not form.validate():
        return invalid(PAGE, **_shown(told, form))
    try:
        word_decision(me(), told.decision, **form.payload())
        commit()
    except InvalidInputError as error:
        form.refuse(error.message, field=error.field)
        return invalid(PAGE, **_shown(told, form))
    except StaleError:
        return _stale(session_id, decision_id, form)
    return see(
        url_for("telling.show", session_id=session_id, decision_id=decision_id), "Le texte est enregistré."
    )


@bp.get(f"{ONE}.pdf")
def pdf(session_id: uuid.UUID, decision_id: uuid.UUID) -> ResponseReturnValue:
    """The sheet to hand over."""
    content = sheet_pdf(get_told(me(), session_id, decision_id))
    headers = {"Content-Disposition": 'inline; filename="ce-qui-a-ete-decide.pdf"'}
    return Response(content, mimetype="application/pdf", headers=headers)


def _stale(session_id: uuid.UUID, decision_id: uuid.UUID, form: PlainWordsForm) -> ResponseReturnValue:
    rollback()
    told = get_told(me(), session_id, decision_id)
    form.version.raw_data, form.version.data = None, told.version
    context = {**_shown(told, form), "mine": form.text.data, "page_in_error": True}
    return render_template(PAGE, **context), 409


def _form(told: Told) -> PlainWordsForm:
    return PlainWordsForm(formdata=None, text=told.text, version=told.version)


def _shown(told: Told, form: PlainWordsForm) -> dict[str, Any]:
    return {"told": told, "decision": told.decision, "day": told.decision.commission_session, "form": form}
