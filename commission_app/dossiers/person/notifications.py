"""An alert to the administration when one person opens many identities in an hour."""

from datetime import timedelta
from uuid import UUID

from flask import current_app, render_template
from sqlalchemy import func, select

from commission_app.accounts.models import User
from commission_app.accounts.people.queries import administrators
from commission_app.core import clock
from commission_app.core.config import Config
from commission_app.core.db import db
from commission_app.core.events import Event, on, record
from commission_app.core.mail import Mail, send_later
from commission_app.core.web import absolute_url
from commission_app.dossiers.models import Dossier

#: Acts by which somebody gets to see an identity that is not on an own page.
OPENED = ("identity_read", "access_exported")


def watch(event: Event, _dossier: Dossier) -> None:
    """Tell once when the number is passed, and again only after the hour has gone below it."""
    config: Config = current_app.extensions["commission_config"]
    reader = db.session.get(User, event.actor_id) if event.actor_id else None
    if reader is not None and _read_in_an_hour(reader.id) == config.reveals_per_hour + 1:
        record(None, "many_identities_read", reader, count=config.reveals_per_hour + 1)


for _name in OPENED:
    on(_name)(watch)


def _read_in_an_hour(reader_id: UUID) -> int:
    since = clock.now() - timedelta(hours=1)
    lately = (Event.name.in_(OPENED), Event.actor_id == reader_id, Event.at > since)
    return db.session.scalar(select(func.count()).select_from(Event).where(*lately)) or 0


@on("many_identities_read")
def _tell_administration(event: Event, reader: User) -> None:
    """Who reads and how often: never whom."""
    words = {
        "reader": reader.full_name,
        "structure": reader.structure_name,
        "count": event.data["count"],
        "url": absolute_url("accounts.show", user_id=reader.id),
    }
    for person in administrators():
        send_later(
            Mail(
                to=person.email,
                subject="Beaucoup d’identités lues en une heure",
                text=render_template("emails/dossiers/many_readings.txt", **words),
                html=render_template("emails/dossiers/many_readings.html", **words),
            ),
            key=f"readings:{event.at.isoformat()}:{reader.id}:{person.id}"[:150],
        )
