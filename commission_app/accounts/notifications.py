"""Mails about accounts."""

from datetime import timedelta
from typing import Any

from flask import current_app, render_template

from commission_app.accounts.links.services import ask_for_reset, make_link
from commission_app.accounts.models import User
from commission_app.accounts.roles.queries import has_untold_end
from commission_app.accounts.roles.services import tell_ended_memberships
from commission_app.accounts.states import LinkPurpose
from commission_app.accounts.web import config
from commission_app.core.db import commit, read_only, rollback
from commission_app.core.events import Event, on
from commission_app.core.mail import Mail, send_later
from commission_app.core.outbox import every_tick, job
from commission_app.core.web import absolute_url


@job("start_reset")
def start_reset(payload: dict[str, Any]) -> None:
    """Look whose address was typed, away from the person who typed it."""
    ask_for_reset(None, email=str(payload["email"]))


@every_tick
def tell_of_ended_roles() -> None:
    """Roles end at midnight without anybody's act; what follows them learns it here."""
    with read_only():
        is_due = has_untold_end()
        rollback()
    if is_due:
        tell_ended_memberships(None)
        commit()


@on("account_invited")
def invite(_event: Event, user: User) -> None:
    """Send the invitation, good for some days and once."""
    lasts = timedelta(days=config().invitation_days)
    token = make_link(None, user, purpose=LinkPurpose.INVITATION, lasts=lasts)
    link = absolute_url("links.invitation", token=token)
    _send(user, "invitation", "Votre compte vous attend", link=link, days=lasts.days)


@on("reset_requested")
def send_reset(_event: Event, user: User) -> None:
    """Send the link to set a new password, good for at most an hour and once."""
    lasts = timedelta(minutes=min(config().reset_minutes, 60))
    token = make_link(None, user, purpose=LinkPurpose.RESET, lasts=lasts)
    link = absolute_url("links.reset", token=token)
    _send(user, "reset", "Choisir un nouveau mot de passe", link=link, minutes=lasts.seconds // 60 or 60)


@on("password_reset")
@on("password_changed")
def tell_of_new_password(_event: Event, user: User) -> None:
    """Tell the person that the password is another one, so that a theft does not stay unseen."""
    link = absolute_url("links.forgotten")
    _send(user, "password_changed", "Votre mot de passe a été changé", link=link)


def _send(user: User, template: str, subject: str, **context: Any) -> None:
    product = current_app.extensions["commission_words"].product
    context = {"subject": subject, **context}
    text = render_template(f"emails/accounts/{template}.txt", **context)
    html = render_template(f"emails/accounts/{template}.html", **context)
    send_later(Mail(user.email, f"{product} : {subject[0].lower()}{subject[1:]}", text, html))
