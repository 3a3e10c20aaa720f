"""The page on mails that did not leave."""

from uuid import UUID

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue

from commission_app.accounts.mail_watch.queries import get_late_mail, late_mails, mail_counts
from commission_app.accounts.mail_watch.services import retry_mail, retry_mails
from commission_app.accounts.policies import can_manage_accounts
from commission_app.accounts.web import me
from commission_app.core.db import commit
from commission_app.core.errors import NotFoundError
from commission_app.core.french import plural
from commission_app.core.outbox import wake
from commission_app.core.web import see

bp = Blueprint("mail_watch", __name__, url_prefix="/administration/courriels")


@bp.before_request
def _administration_only() -> None:
    if not can_manage_accounts(me()):
        raise NotFoundError()


@bp.get("")
def index() -> ResponseReturnValue:
    """Counts, and the mails in trouble with the reason."""
    return render_template("accounts/mails.html", counts=mail_counts(), mails=late_mails())


@bp.post("/<uuid:job_id>/renvoyer")
def retry(job_id: UUID) -> ResponseReturnValue:
    """Send one again."""
    retry_mail(me(), get_late_mail(job_id))
    commit()
    wake()
    return see(url_for("mail_watch.index"), "Le courriel repart.")


@bp.post("/renvoyer")
def retry_all() -> ResponseReturnValue:
    """Send all again."""
    count = retry_mails(me())
    commit()
    wake()
    return see(url_for("mail_watch.index"), f"{plural(count, 'courriel')} : nouvel envoi demandé.")
