"""The minutes of a day: read, word, validate, take away."""

import uuid
from typing import Any

from flask import Blueprint, Response, render_template, url_for
from flask.typing import ResponseReturnValue

from commission_app.accounts.web import me
from commission_app.core.db import commit
from commission_app.core.french import long_date
from commission_app.core.web import invalid, see
from commission_app.sessions.agenda.models import AgendaItem
from commission_app.sessions.agenda.policies import can_postpone_item
from commission_app.sessions.agenda.waiting.queries import may_be_seen_again
from commission_app.sessions.decisions.telling.queries import tells_any
from commission_app.sessions.minutes.content import extract_content, minutes_content
from commission_app.sessions.minutes.exports import minutes_docx, minutes_pdf
from commission_app.sessions.minutes.forms import IntroductionForm, ValidateForm
from commission_app.sessions.minutes.models import Minutes
from commission_app.sessions.minutes.policies import can_validate_minutes, can_write_minutes
from commission_app.sessions.minutes.queries import Facts, facts_of, get_minutes, get_own_extract
from commission_app.sessions.minutes.services import validate_minutes, write_introduction
from commission_app.sessions.models import CommissionSession
from commission_app.sessions.states import MinutesState

bp = Blueprint("minutes", __name__)
BASE = "/sessions/<uuid:session_id>/compte-rendu"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@bp.get(BASE)
def show(session_id: uuid.UUID) -> ResponseReturnValue:
    """The minutes as a page, with what remains to be done about them."""
    minutes = get_minutes(me(), session_id)
    form = IntroductionForm(formdata=None, introduction=minutes.introduction, version=minutes.version)
    return render_template("minutes/show.html", **_shown(minutes, form))


@bp.post(f"{BASE}/introduction")
def introduce(session_id: uuid.UUID) -> ResponseReturnValue:
    """Save the introduction."""
    minutes, form = get_minutes(me(), session_id), IntroductionForm()
    if form.validate() and form.version.data != minutes.version:
        theirs, mine = minutes.introduction, form.introduction.data
        form.version.raw_data, form.version.data = None, minutes.version
        context = {**_shown(minutes, form), "theirs": theirs, "mine": mine, "page_in_error": True}
        return render_template("minutes/show.html", **context), 409
    if form.errors:
        return invalid("minutes/show.html", **_shown(get_minutes(me(), session_id), form))
    write_introduction(me(), minutes, **form.payload())
    commit()
    return see(url_for("minutes.show", session_id=session_id), "L’introduction est enregistrée.")


@bp.post(f"{BASE}/valider")
def validate(session_id: uuid.UUID) -> ResponseReturnValue:
    """Validate as one of the two facilitators."""
    minutes, form = get_minutes(me(), session_id), ValidateForm()
    form.validate()
    validate_minutes(me(), minutes, **form.payload())
    commit()
    return see(url_for("minutes.show", session_id=session_id), "Vous avez validé le compte rendu.")


@bp.get(f"{BASE}.pdf")
def pdf(session_id: uuid.UUID) -> ResponseReturnValue:
    """The minutes as PDF."""
    minutes = get_minutes(me(), session_id)
    content = minutes_pdf(_document(minutes), state_words(minutes))
    return _file(content, "application/pdf", "compte-rendu.pdf")


@bp.get(f"{BASE}.docx")
def docx(session_id: uuid.UUID) -> ResponseReturnValue:
    """The minutes as a Word document."""
    minutes = get_minutes(me(), session_id)
    return _file(minutes_docx(_document(minutes), state_words(minutes)), WORD, "compte-rendu.docx")


@bp.get(f"{BASE}/mes-dossiers")
def extract(session_id: uuid.UUID) -> ResponseReturnValue:
    """What was decided on the dossiers that one presented."""
    minutes, items = get_own_extract(me(), session_id)
    day = minutes.commission_session
    facts = facts_of(day)
    return render_template(
        "minutes/extract.html",
        minutes=minutes,
        day=day,
        document=extract_content(day, facts, items),
        has_tellings=tells_any(me(), facts.decisions),
    )


def state_words(minutes: Minutes) -> str:
    """« Validé par … » or « À valider »."""
    signed = [
        f"{person.full_name} le {long_date(at)}"
        for person, at in ((minutes.first_by, minutes.first_at), (minutes.second_by, minutes.second_at))
        if person is not None and at is not None
    ]
    if minutes.state is MinutesState.VALIDATED:
        return "Validé par " + " et ".join(signed)
    return "À valider par les deux animateurs" + (f" ; déjà validé par {signed[0]}" if signed else "")


def _reviewable(day: CommissionSession, facts: Facts) -> list[AgendaItem]:
    """The points that the reader may have seen again at another session."""
    if not can_postpone_item(me(), day):
        return []
    return [item for item in facts.items if may_be_seen_again(item)]


def _document(minutes: Minutes) -> Any:
    day = minutes.commission_session
    return minutes_content(day, facts_of(day), minutes.introduction)


def _shown(minutes: Minutes, form: IntroductionForm) -> dict[str, Any]:
    day = minutes.commission_session
    facts, is_signed = facts_of(day), minutes.first_by_id == me().id
    return {
        "day": day,
        "minutes": minutes,
        "form": form,
        "document": minutes_content(day, facts, minutes.introduction),
        "state_words": state_words(minutes),
        "has_tellings": tells_any(me(), facts.decisions),
        "reviewable": _reviewable(day, facts),
        "can_write": can_write_minutes(me(), minutes),
        "can_validate": can_validate_minutes(me(), day)
        and minutes.state is MinutesState.DRAFT
        and not is_signed,
        "is_signed": is_signed,
    }


def _file(content: bytes, mimetype: str, name: str) -> Response:
    headers = {"Content-Disposition": f'inline; filename="{name}"'}
    return Response(content, mimetype=mimetype, headers=headers)
