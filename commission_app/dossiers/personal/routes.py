"""The page of the person concerned: closed until the second secret is told, then open for half an hour."""

from datetime import timedelta
from typing import Any

from flask import Blueprint, Response, render_template, session, url_for

from commission_app.core import clock
from commission_app.core.db import commit, rollback
from commission_app.core.errors import InvalidInputError, NotFoundError, WrongStateError
from commission_app.core.web import invalid, public, see
from commission_app.dossiers.agreement.texts import CURRENT
from commission_app.dossiers.personal.forms import AskForm, LengthForm, SecretForm
from commission_app.dossiers.personal.models import PersonLink
from commission_app.dossiers.personal.queries import link_behind, page_of
from commission_app.dossiers.personal.services import agree_on_page, try_secret, withdraw_on_page
from commission_app.dossiers.rights.exports import access_pdf
from commission_app.dossiers.rights.services import ask_correction_on_page, export_for_person

bp = Blueprint("personal", __name__)
OPEN_FOR = timedelta(minutes=30)
KEY = "person_page"
WRONG = "Ce code n’est pas le bon. Attendez un moment, puis recommencez."


def _is_open(link: PersonLink) -> bool:
    """Whether the secret was told in this browser a moment ago."""
    link_id, until = session.get(KEY, ("", 0))
    return bool(link_id == str(link.id) and until > clock.now().timestamp())


def _opened(token: str) -> PersonLink:
    """The link, opened in this browser; closed and absent alike."""
    link = link_behind(token)
    if not _is_open(link):
        raise NotFoundError()
    return link


def _page(token: str, link: PersonLink, **more: Any) -> dict[str, Any]:
    return {
        "token": token, "link": link, "person": page_of(link), "text": CURRENT, "ask": AskForm(),
        "length": LengthForm(), **more,
    }  # fmt: skip


@bp.get("/ma-situation/<token>")
@public
def show(token: str) -> str:
    """Ask for the second secret, or show what is shared."""
    link = link_behind(token)
    if _is_open(link):
        return render_template("dossiers/personal/page.html", **_page(token, link))
    return render_template("dossiers/personal/secret.html", token=token, form=SecretForm())


@bp.post("/ma-situation/<token>")
@public
def open_page(token: str) -> Any:
    """Try the second secret; a wrong one is counted."""
    link, form = link_behind(token, to_try=True), SecretForm()
    if form.validate():
        try:
            is_right = try_secret(link, secret=form.secret.data or "")
        except InvalidInputError as refusal:
            form.refuse(refusal.message, field=refusal.field)
            return invalid("dossiers/personal/secret.html", token=token, form=form)
        link_id = str(link.id)
        commit()
        if is_right:
            session[KEY] = (link_id, (clock.now() + OPEN_FOR).timestamp())
            return see(url_for("dossiers.personal.show", token=token))
        form.refuse(WRONG, field="secret")
    return invalid("dossiers/personal/secret.html", token=token, form=form)


@bp.post("/ma-situation/<token>/fermer")
@public
def close(token: str) -> Any:
    """Close the page in this browser."""
    session.pop(KEY, None)
    return see(url_for("dossiers.personal.show", token=token), "La page est fermée.")


@bp.post("/ma-situation/<token>/accord")
@public
def agree(token: str) -> Any:
    """The person agrees."""
    link, form = _opened(token), LengthForm()
    if not form.validate():
        return invalid("dossiers/personal/page.html", **_page(token, link, length=form))
    agree_on_page(link, **form.payload())
    commit()
    return see(url_for("dossiers.personal.show", token=token), "Votre accord est noté. Merci.")


@bp.get("/ma-situation/<token>/retrait")
@public
def confirm(token: str) -> str:
    """What will happen when the agreement is taken back."""
    return render_template("dossiers/personal/withdrawal.html", token=token, link=_opened(token))


@bp.post("/ma-situation/<token>/retrait")
@public
def withdraw(token: str) -> Any:
    """The person takes the agreement back; asked twice, it is still taken back."""
    link = _opened(token)
    message = "Votre accord est retiré. Plus rien n’est partagé."
    try:
        withdraw_on_page(link)
        commit()
    except WrongStateError as refusal:
        rollback()
        message = refusal.message
    return see(url_for("dossiers.personal.show", token=token), message)


@bp.post("/ma-situation/<token>/correction")
@public
def correct(token: str) -> Any:
    """The person asks to have something corrected."""
    link, form = _opened(token), AskForm()
    if not form.validate():
        return invalid("dossiers/personal/page.html", **_page(token, link, ask=form))
    ask_correction_on_page(link.dossier, **form.payload())
    commit()
    message = "Votre demande est envoyée à votre référent. Il vous répondra ici."
    return see(url_for("dossiers.personal.show", token=token), message)


@bp.post("/ma-situation/<token>/copie")
@public
def copy(token: str) -> Response:
    """Everything that is kept about the person, for her."""
    link = _opened(token)
    content = export_for_person(link.dossier)
    commit()
    headers = {"Content-Disposition": 'attachment; filename="mes-informations.pdf"'}
    return Response(access_pdf(content), mimetype="application/pdf", headers=headers)
