"""Pages opened by a personal link: GET shows, POST acts, so that a mail scanner uses nothing up."""

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from commission_app.accounts.links.forms import ForgottenForm, NewPasswordForm
from commission_app.accounts.links.queries import get_link
from commission_app.accounts.links.services import accept_link
from commission_app.accounts.signin.services import FREE_TRIES_OF_ADDRESS, FREE_TRIES_OF_NAME, claim_try
from commission_app.accounts.states import LinkPurpose
from commission_app.accounts.web import keyed
from commission_app.core.db import commit, rollback
from commission_app.core.errors import InvalidInputError
from commission_app.core.outbox import enqueue, wake
from commission_app.core.web import invalid, public, see

bp = Blueprint("links", __name__)

FORGOTTEN = "accounts/forgotten.html"
CHOOSE = "accounts/new_password.html"
SENT = (
    "Si un compte existe à cette adresse, un courriel vient de partir. Son lien est valable une heure ; "
    "regardez aussi les indésirables."
)


@bp.get("/mot-de-passe-oublie")
@public
def forgotten() -> ResponseReturnValue:
    """Ask for a link to set a new password."""
    return render_template(FORGOTTEN, form=ForgottenForm(formdata=None))


@bp.post("/mot-de-passe-oublie")
@public
def ask() -> ResponseReturnValue:
    """Leave the question to the worker: the answer and its time are the same for every address, asked once or
    too often. Who asks too often has no further mail sent."""
    form = ForgottenForm()
    if not form.validate():
        return invalid(FORGOTTEN, form=form)
    asked = str(form.email.data).strip().lower()
    keys = {f"reset:{asked}": FREE_TRIES_OF_NAME, f"reset-from:{request.remote_addr}": FREE_TRIES_OF_ADDRESS}
    waits = [claim_try(keyed(key), free=free) for key, free in keys.items()]
    if not max(waits):
        enqueue("start_reset", {"email": asked})
    commit()
    wake()
    return see(url_for("signin.show"), SENT)


@bp.get("/mot-de-passe/<token>")
@public
def reset(token: str) -> ResponseReturnValue:
    """Show the form of a reset link."""
    return _show(token, LinkPurpose.RESET)


@bp.post("/mot-de-passe/<token>")
@public
def set_new(token: str) -> ResponseReturnValue:
    """Set the new password; every device has to sign in again."""
    return _accept(token, LinkPurpose.RESET, "Votre mot de passe est changé. Connectez-vous.")


@bp.get("/invitation/<token>")
@public
def invitation(token: str) -> ResponseReturnValue:
    """Show the form of an invitation."""
    return _show(token, LinkPurpose.INVITATION)


@bp.post("/invitation/<token>")
@public
def accept(token: str) -> ResponseReturnValue:
    """Accept the invitation by choosing a password."""
    return _accept(token, LinkPurpose.INVITATION, "Votre compte est ouvert. Connectez-vous.")


def _show(token: str, purpose: LinkPurpose) -> ResponseReturnValue:
    link = get_link(token, purpose)
    return render_template(CHOOSE, form=NewPasswordForm(formdata=None), link=link)


def _accept(token: str, purpose: LinkPurpose, done: str) -> ResponseReturnValue:
    link = get_link(token, purpose)
    form = NewPasswordForm()
    if not form.validate():
        return render_template(CHOOSE, form=form, link=link), 422
    try:
        accept_link(None, token=token, purpose=purpose, password=str(form.password.data))
    except InvalidInputError as refused:
        form.refuse(refused.message, field=refused.field)
        rollback()
        return invalid(CHOOSE, form=form, link=get_link(token, purpose))
    commit()
    return see(url_for("signin.show"), done)
