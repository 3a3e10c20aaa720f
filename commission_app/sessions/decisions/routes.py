"""Write, read back, record, correct; agree or reserve; tell the person."""

import uuid
from dataclasses import replace
from typing import Any

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue

from commission_app.accounts.web import me
from commission_app.core.db import commit, rollback
from commission_app.core.errors import InvalidInputError, NotFoundError, StaleError
from commission_app.core.forms import uuid_or_none
from commission_app.core.web import see
from commission_app.sessions.day.answers import answer, view_of
from commission_app.sessions.day.fragments import Audience, fragment, partial
from commission_app.sessions.day.queries import get_followed_day, get_point, get_run_day
from commission_app.sessions.decisions import services
from commission_app.sessions.decisions.forms import DraftForm, RecordForm, StanceForm
from commission_app.sessions.decisions.origin import tell_origin as _tell_origin
from commission_app.sessions.decisions.queries import get_decision, get_decision_to_tell, get_draft
from commission_app.sessions.models import CommissionSession

__all__ = ["_tell_origin", "bp"]

bp = Blueprint("decisions", __name__)


@bp.post("/sessions/<uuid:session_id>/points/<uuid:item_id>/projet")
def write(session_id: uuid.UUID, item_id: uuid.UUID) -> ResponseReturnValue:
    """Save the draft, and show it on every screen when that was asked."""
    day = get_run_day(me(), session_id)
    item = get_point(day, item_id)
    form = DraftForm()
    if not form.validate():
        return _refused(day, form, form.first_errors(), 422)
    try:
        draft = services.write_draft(me(), item, **form.payload())
        if request.form.get("step") == "read":
            services.read_back(me(), draft, version=draft.version)
        commit()
    except InvalidInputError as error:
        return _refused(day, form, {error.field or "text": error.message}, 422)
    except StaleError:
        return _refused(day, form, {}, 409)
    return answer(me(), session_id, Audience.FACILITATION)


@bp.post("/sessions/<uuid:session_id>/projets/<uuid:draft_id>/reprendre")
def take_back(session_id: uuid.UUID, draft_id: uuid.UUID) -> ResponseReturnValue:
    """Take the draft off the screens."""
    day = get_run_day(me(), session_id)
    services.take_back(me(), get_draft(day, draft_id))
    return _done(session_id)


@bp.post("/sessions/<uuid:session_id>/projets/<uuid:draft_id>/abandonner")
def drop(session_id: uuid.UUID, draft_id: uuid.UUID) -> ResponseReturnValue:
    """Forget a draft."""
    day = get_run_day(me(), session_id)
    services.drop_draft(me(), get_draft(day, draft_id))
    return _done(session_id)


@bp.post("/sessions/<uuid:session_id>/projets/<uuid:draft_id>/avis")
def say(session_id: uuid.UUID, draft_id: uuid.UUID) -> ResponseReturnValue:
    """Agree, or reserve with words."""
    day = get_followed_day(me(), session_id)
    form = StanceForm()
    if not form.validate():
        raise InvalidInputError("Dites « d’accord » ou « réserve », en 300 caractères au plus.")
    services.take_stance(me(), get_draft(day, draft_id), stance=form.stance.data, words=form.words.data or "")
    return _done(session_id, Audience.MEMBERS)


@bp.post("/sessions/<uuid:session_id>/points/<uuid:item_id>/decisions")
def create(session_id: uuid.UUID, item_id: uuid.UUID) -> ResponseReturnValue:
    """« Acter »."""
    day = get_run_day(me(), session_id)
    item = get_point(day, item_id)
    form = RecordForm()
    services.record_decision(
        me(), item, draft_id=_identifier(form.draft_id.data), version=form.version.data or 0
    )
    return _done(session_id)


@bp.post("/sessions/<uuid:session_id>/decisions/<uuid:decision_id>/corriger")
def correct(session_id: uuid.UUID, decision_id: uuid.UUID) -> ResponseReturnValue:
    """Begin a correction."""
    day = get_run_day(me(), session_id)
    services.correct_decision(me(), get_decision(day, decision_id))
    return _done(session_id)


@bp.post("/sessions/<uuid:session_id>/decisions/<uuid:decision_id>/annoncee")
def tell(session_id: uuid.UUID, decision_id: uuid.UUID) -> ResponseReturnValue:
    """The person was told."""
    services.tell_person(me(), get_decision_to_tell(me(), session_id, decision_id))
    commit()
    location = url_for("telling.show", session_id=session_id, decision_id=decision_id)
    return see(location, "C’est noté : la personne est prévenue.")


def _refused(
    day: CommissionSession, form: DraftForm, errors: dict[str, str], status: int
) -> ResponseReturnValue:
    rollback()
    view = view_of(day.id)
    if view.draft is None:
        raise StaleError("Le point a changé entre-temps : votre projet ne peut plus être enregistré.")
    typed: dict[str, Any] = {
        "typed": replace(
            view.draft, **{key: value for key, value in form.payload().items() if key != "version"}
        ),
        "errors": errors,
    }
    if status == 409:
        typed["theirs"] = view.draft
    return partial("decision", fragment(view, Audience.FACILITATION, "decision", **typed)), status


def _done(session_id: uuid.UUID, audience: Audience = Audience.FACILITATION) -> ResponseReturnValue:
    commit()
    return answer(me(), session_id, audience)


def _identifier(value: str | None) -> uuid.UUID:
    try:
        found = uuid_or_none(value)
    except ValueError:
        found = None
    if found is None:
        raise NotFoundError()
    return found
