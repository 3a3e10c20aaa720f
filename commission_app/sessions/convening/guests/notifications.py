"""The mails to guests: the link, a change of the day, the end of the invitation. They tell no situation."""

from typing import Any

from flask import current_app, render_template
from sqlalchemy import select

from commission_app.core import clock
from commission_app.core.config import Config
from commission_app.core.db import db
from commission_app.core.events import Event, on
from commission_app.core.french import long_date
from commission_app.core.mail import Mail, send_later
from commission_app.core.retention import forgotten_after_a_delay
from commission_app.sessions.convening.guests.links import guest_url
from commission_app.sessions.convening.guests.queries import closing, guests_to_forget, opening
from commission_app.sessions.convening.guests.services import forget_guest
from commission_app.sessions.convening.models import Guest
from commission_app.sessions.models import CommissionSession


def _to_forget() -> list[Guest]:
    config: Config = current_app.extensions["commission_config"]
    return guests_to_forget(config.guest_days)


forgotten_after_a_delay("Invités", due=_to_forget, forget=forget_guest)


@on("guest_invited")
def send_the_link(_event: Event, guest: Guest) -> None:
    """The guest learns when and where, and how to read."""
    _send(guest, "invitation", "Vous êtes invité", link=guest_url(guest))


@on("guest_link_resent")
def send_it_again(_event: Event, guest: Guest) -> None:
    """The same mail once more, once a minute at most."""
    _send(guest, "invitation", "Votre lien d’invité", link=guest_url(guest), again=f":{clock.now():%d%H%M}")


@on("guest_revoked")
def tell_the_end(_event: Event, guest: Guest) -> None:
    """The guest need not come."""
    _send(guest, "annulation", "Votre invitation est annulée")


@on("session_changed")
def tell_the_change(event: Event, day: CommissionSession) -> None:
    """Another date, hour or place concerns the guests too."""
    if not event.data["changed"]:
        return
    for guest in _standing(day):
        _send(guest, "invitation", "Changement", link=guest_url(guest), again=f":{day.version}")


@on("session_cancelled")
def tell_the_cancellation(_event: Event, day: CommissionSession) -> None:
    """No guest comes to a day that is cancelled."""
    for guest in _standing(day):
        _send(guest, "annulation", "La session est annulée")


def _standing(day: CommissionSession) -> list[Guest]:
    query = select(Guest).where(Guest.commission_session_id == day.id, Guest.revoked_at.is_(None))
    return list(db.session.scalars(query))


def _send(guest: Guest, letter: str, verb: str, *, again: str = "", **context: Any) -> None:
    day = guest.commission_session
    subject = f"{verb} : session du {long_date(day.starts_at)}"
    context |= {
        "day": day,
        "subject": subject,
        "place": day.territory.name,
        "opens_at": opening(day),
        "closes_at": closing(day),
        "points": len(guest.points),
    }
    text = render_template(f"emails/guests/{letter}.txt", **context)
    html = render_template(f"emails/guests/{letter}.html", **context)
    send_later(Mail(guest.email, subject, text, html), key=f"guest-{letter}:{guest.id}{again}")
