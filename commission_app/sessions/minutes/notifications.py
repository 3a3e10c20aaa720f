"""What follows a closed day: its minutes, and the mails about them."""

from flask import render_template

from commission_app.accounts.models import User
from commission_app.core.events import Event, on
from commission_app.core.french import long_date
from commission_app.core.mail import Mail, send_later
from commission_app.core.web import absolute_url
from commission_app.sessions.agenda.publication.queries import invited_people
from commission_app.sessions.agenda.queries import items_of
from commission_app.sessions.minutes.models import Minutes
from commission_app.sessions.minutes.services import open_minutes
from commission_app.sessions.models import CommissionSession


@on("session_closed")
def begin_minutes(_event: Event, day: CommissionSession) -> None:
    """The minutes write themselves; the two facilitators are asked to validate."""
    minutes = open_minutes(day)
    for facilitator in day.facilitators:
        subject = f"Compte rendu à valider : session du {long_date(day.starts_at)}"
        _send(minutes, facilitator.user, "a-valider", subject, "minutes.show")


@on("minutes_validated")
def tell_readers(_event: Event, minutes: Minutes) -> None:
    """Everybody invited may read; each référent is led to the part on the own dossiers."""
    day = minutes.commission_session
    subject = f"Compte rendu : session du {long_date(day.starts_at)}"
    presenters = {
        item.dossier.referent_id: item.dossier.referent for item in items_of(day) if item.dossier is not None
    }
    for person in invited_people(day):
        if person.id not in presenters:
            _send(minutes, person, "valide", subject, "minutes.show")
    for person in presenters.values():
        _send(minutes, person, "extrait", subject, "minutes.extract")


def _send(minutes: Minutes, person: User, letter: str, subject: str, endpoint: str) -> None:
    day = minutes.commission_session
    link = absolute_url(endpoint, session_id=day.id)
    context = {"subject": subject, "day": day, "place": day.territory.name, "link": link, "letter": letter}
    text = render_template("emails/minutes/minutes.txt", **context)
    html = render_template("emails/minutes/minutes.html", **context)
    send_later(Mail(person.email, subject, text, html), key=f"minutes:{letter}:{minutes.id}:{person.id}")
