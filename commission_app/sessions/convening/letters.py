"""The mails about a day: each goes once to one person, says where and when, and no more."""

from typing import Any

from flask import current_app, render_template

from commission_app.accounts.models import User
from commission_app.core import clock
from commission_app.core.config import Config
from commission_app.core.french import in_days, long_date, week_date
from commission_app.core.mail import Mail, send_later
from commission_app.core.web import absolute_url
from commission_app.sessions.convening.ics import Sender, cancellation_for, request_for
from commission_app.sessions.convening.links import answer_url
from commission_app.sessions.convening.models import Invitation
from commission_app.sessions.hours import day_of
from commission_app.sessions.models import CommissionSession
from commission_app.sessions.states import Answer


def sender() -> Sender:
    """Who sends and organises, by the configuration."""
    config: Config = current_app.extensions["commission_config"]
    return Sender(current_app.extensions["commission_words"].product, config.mail_sender)


def send_invitation(day: CommissionSession, invitation: Invitation) -> None:
    """The convocation, with the calendar object and the link to answer."""
    subject = f"Convocation : {sender().product} du {long_date(day.starts_at)}"
    _send_with_calendar(day, invitation, "convocation", subject, "REQUEST")


def send_update(day: CommissionSession, invitation: Invitation) -> None:
    """What changed in a day that the person has in the calendar."""
    subject = f"Changement : {sender().product} du {long_date(day.starts_at)}"
    _send_with_calendar(day, invitation, "changement", subject, "REQUEST")


def send_cancellation(day: CommissionSession, invitation: Invitation) -> None:
    """That the day is cancelled, or that the person is no longer awaited."""
    subject = f"Annulation : {sender().product} du {long_date(day.starts_at)}"
    _send_with_calendar(day, invitation, "annulation", subject, "CANCEL")


def send_reminder(day: CommissionSession, invitation: Invitation, *, days: int) -> None:
    """A reminder to who did not answer."""
    on = day_of(day)
    subject = f"Rappel : répondez pour la session du {week_date(on)}, {in_days(on)}"
    context = {"invitation": invitation, "link": answer_url(invitation)}
    _send(day, invitation.user, "rappel", subject, f"reminder:{invitation.id}:{on}:{days}", context)


def send_again(day: CommissionSession, invitation: Invitation) -> None:
    """The coordination asks once more."""
    subject = f"Votre réponse est attendue pour la session du {week_date(day.starts_at)}"
    context = {"invitation": invitation, "link": answer_url(invitation)}
    _send(day, invitation.user, "rappel", subject, f"again:{invitation.id}:{clock.today()}", context)


def send_moved(day: CommissionSession, user: User) -> None:
    """That a published day, not convened yet, changed."""
    subject = f"Calendrier : la session a lieu le {long_date(day.starts_at)}"
    _send(day, user, "deplacement", subject, f"moved:{day.id}:{day.version}:{user.id}", {})


def _send_with_calendar(
    day: CommissionSession, invitation: Invitation, letter: str, subject: str, method: str
) -> None:
    person, url = invitation.user, absolute_url("sessions.show", session_id=day.id)
    make = request_for if method == "REQUEST" else cancellation_for
    calendar = make(day, sender=sender(), addressee=person.email, url=url)
    key = f"{letter}:{invitation.id}:{day.ics_sequence}"
    link = answer_url(invitation) if method == "REQUEST" else ""
    awaited = invitation.answer is Answer.NONE
    context = {"invitation": invitation, "link": link, "awaited": awaited}
    _send(day, person, letter, subject, key, context, calendar=calendar, method=method)
    invitation.sent_sequence = day.ics_sequence


def _send(
    day: CommissionSession,
    user: User,
    letter: str,
    subject: str,
    key: str,
    context: dict[str, Any],
    *,
    calendar: str = "",
    method: str = "",
) -> None:
    context |= {
        "day": day,
        "subject": subject,
        "place": day.territory.name,
        "url": absolute_url("sessions.show", session_id=day.id),
    }
    text = render_template(f"emails/sessions/{letter}.txt", **context)
    html = render_template(f"emails/sessions/{letter}.html", **context)
    send_later(Mail(user.email, subject, text, html, calendar, method), key=key)
