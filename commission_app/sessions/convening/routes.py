"""Convening a day, reading the answers, answering."""

from uuid import UUID

from flask import Blueprint, render_template, url_for
from werkzeug.wrappers import Response

from commission_app.accounts.web import me
from commission_app.core.db import commit
from commission_app.core.errors import InvalidInputError, NotFoundError
from commission_app.core.french import plural
from commission_app.core.web import invalid, public, see
from commission_app.sessions.convening.forms import AnswerForm
from commission_app.sessions.convening.guests.queries import guests_of
from commission_app.sessions.convening.models import Invitation
from commission_app.sessions.convening.policies import can_convene, can_read_answers, can_read_diets
from commission_app.sessions.convening.queries import (
    answers_to,
    get_invitation,
    invitation_behind,
    own_invitation,
    plan_of,
)
from commission_app.sessions.convening.services import (
    answer_by_link,
    answer_invitation,
    ask_again,
    convene,
    remove_invitation,
)
from commission_app.sessions.links import answer_words
from commission_app.sessions.models import CommissionSession
from commission_app.sessions.queries import get_session
from commission_app.sessions.states import SessionState

bp = Blueprint("convening", __name__)


@bp.get("/sessions/<uuid:session_id>/convocations")
def show(session_id: UUID) -> str:
    """Who answered what, by structure; before the convocation, who will be invited."""
    day = _read(session_id)
    may, table = can_convene(me(), day), answers_to(day)
    return render_template(
        "sessions/convening.html",
        day=day,
        table=table,
        details={invitation.id: answer_words(invitation) for invitation in table.invitations},
        guests=guests_of(day),
        plan=plan_of(day) if may else None,
        can_convene=may,
        sees_diets=can_read_diets(me(), day),
    )


@bp.get("/sessions/<uuid:session_id>/convocations/relire")
def review(session_id: UUID) -> str:
    """Before the mails go: to how many people of how many structures."""
    day = _prepared(session_id)
    return render_template("sessions/convene.html", day=day, plan=plan_of(day))


@bp.post("/sessions/<uuid:session_id>/convocations")
def send(session_id: UUID) -> Response:
    """Send the convocations."""
    day = get_session(me(), session_id)
    plan = convene(me(), day)
    commit()
    return see(_url(day), f"{plural(len(plan.new), 'convocation')} à l’envoi.")


@bp.post("/sessions/<uuid:session_id>/convocations/relancer")
def send_again(session_id: UUID) -> Response:
    """Ask the silent structures once more."""
    day = get_session(me(), session_id)
    count = ask_again(me(), day)
    commit()
    return see(_url(day), f"Relance à l’envoi pour {plural(count, 'structure')}.")


@bp.post("/sessions/<uuid:session_id>/convocations/<uuid:invitation_id>/retirer")
def remove(session_id: UUID, invitation_id: UUID) -> Response:
    """No longer invite somebody."""
    invitation = get_invitation(me(), session_id, invitation_id)
    remove_invitation(me(), invitation)
    commit()
    return see(
        _url(invitation.commission_session), "Cette personne n’est plus convoquée, elle en est prévenue."
    )


@bp.route("/sessions/<uuid:session_id>/ma-reponse", methods=["GET", "POST"])
def answer(session_id: UUID) -> Response | str | tuple[str, int]:
    """The person's own answer."""
    invitation = own_invitation(me(), get_session(me(), session_id))
    if invitation is None:
        raise NotFoundError()
    return _answer(invitation, url_for("sessions.show", session_id=session_id))


@bp.route("/sessions/<uuid:session_id>/convocations/<uuid:invitation_id>/reponse", methods=["GET", "POST"])
def answer_for(session_id: UUID, invitation_id: UUID) -> Response | str | tuple[str, int]:
    """An answer given by phone, written by the coordination."""
    invitation = get_invitation(me(), session_id, invitation_id)
    return _answer(invitation, url_for("convening.show", session_id=session_id))


@bp.get("/reponse/<token>")
@public
def show_link(token: str) -> str:
    """The answer page behind the link of a mail; looking records nothing."""
    invitation = invitation_behind(token)
    form = AnswerForm()
    form.show(invitation)
    return render_template("sessions/answer_by_link.html", invitation=invitation, form=form, token=token)


@bp.post("/reponse/<token>")
@public
def answer_by_mail(token: str) -> Response | tuple[str, int]:
    """Record the answer given from a mail."""
    invitation, form = invitation_behind(token), AnswerForm()
    if form.validate():
        try:
            answer_by_link(token, **form.values())
            commit()
            return see(url_for("convening.show_link", token=token), "Votre réponse est enregistrée.")
        except InvalidInputError as error:
            form.refuse(error.message, field=error.field)
    return invalid("sessions/answer_by_link.html", invitation=invitation, form=form, token=token)


def _answer(invitation: Invitation, back: str) -> Response | str | tuple[str, int]:
    form = AnswerForm()
    day = invitation.commission_session
    context = {
        "invitation": invitation,
        "day": day,
        "form": form,
        "back": back,
        "can_remove": can_convene(me(), day) and day.state is SessionState.CONVENED,
    }
    if not form.is_submitted():
        form.show(invitation)
        return render_template("sessions/answer.html", **context)
    if form.validate():
        try:
            answer_invitation(me(), invitation, **form.values())
            commit()
            return see(back, "La réponse est enregistrée.")
        except InvalidInputError as error:
            form.refuse(error.message, field=error.field)
    return invalid("sessions/answer.html", **context)


def _read(session_id: UUID) -> CommissionSession:
    day = get_session(me(), session_id)
    if not can_read_answers(me(), day):
        raise NotFoundError()
    return day


def _prepared(session_id: UUID) -> CommissionSession:
    day = get_session(me(), session_id)
    if not can_convene(me(), day):
        raise NotFoundError()
    return day


def _url(day: CommissionSession) -> str:
    return url_for("convening.show", session_id=day.id)
