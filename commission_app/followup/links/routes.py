"""Reminding, and answering a reminder without an account: GET shows, POST records."""

from uuid import UUID

from flask import Blueprint, render_template, request, url_for
from werkzeug.wrappers import Response

from commission_app.accounts.queries import chosen_territory
from commission_app.accounts.web import me
from commission_app.core.db import commit
from commission_app.core.errors import InvalidInputError
from commission_app.core.web import invalid, public, see
from commission_app.followup.links.forms import ReplyForm
from commission_app.followup.links.queries import get_link
from commission_app.followup.links.services import answer_by_link, remind_action, remind_late, revoke_links
from commission_app.followup.policies import COORDINATORS
from commission_app.followup.queries import get_action

bp = Blueprint("action_links", __name__)
PAGE = "followup/answer.html"


@bp.get("/action/<token>")
@public
def show(token: str) -> str:
    """What is asked, and the three answers."""
    return render_template(PAGE, action=get_link(token).action, form=ReplyForm())


@bp.post("/action/<token>")
@public
def answer(token: str) -> Response | tuple[str, int]:
    """Record the answer."""
    link = get_link(token)
    form = ReplyForm()
    if not form.validate():
        return invalid(PAGE, action=link.action, form=form)
    try:
        answer_by_link(link, **form.payload())
    except InvalidInputError as error:
        form.refuse(error.message, field=error.field)
        return invalid(PAGE, action=link.action, form=form)
    commit()
    return see(url_for("action_links.show", token=token), "Merci, votre réponse est enregistrée.")


@bp.post("/actions/relancer")
def remind() -> Response:
    """Remind of every late action of a territory in one act."""
    territory = chosen_territory(me(), request.args.get("territoire", type=UUID), *COORDINATORS)
    count = remind_late(me(), territory)
    commit()
    words = "1 action relancée." if count == 1 else f"{count} actions relancées."
    return see(
        url_for("followup.board", territoire=territory.id), f"{words} Les courriels partent maintenant."
    )


@bp.post("/actions/<uuid:action_id>/relancer")
def remind_one(action_id: UUID) -> Response:
    """Remind of one action now."""
    remind_action(me(), get_action(me(), action_id))
    commit()
    return see(url_for("followup.show", action_id=action_id), "La relance part maintenant.")


@bp.post("/actions/<uuid:action_id>/liens/retirer")
def revoke(action_id: UUID) -> Response:
    """Withdraw the links sent about an action."""
    revoke_links(me(), get_action(me(), action_id))
    commit()
    return see(url_for("followup.show", action_id=action_id), "Les liens envoyés n’ouvrent plus rien.")
