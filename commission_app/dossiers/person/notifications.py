"""An alert to the administration when one person opens many identities in an hour."""

from datetime import timedelta
from uuid import UUID

from flask import current_app, render_template
from sqlalchemy import exists, func, select

from commission_app.accounts.models import User
from commission_app.accounts.people.queries import administrators
from commission_app.core import clock
from commission_app.core.config import Config
from commission_app.core.db import db
from commission_app.core.events import Event, on, record
from commission_app.core.mail import Mail, send_later
from commission_app.core.web import absolute_url
from commission_app.dossiers.models import Dossier
from commission_app.dossiers.person.queries import OPENED


def watch(event: Event, _dossier: Dossier) -> None:
    """Tell when the number is passed, once an hour. Readings of the same instant do not see each other: the
    next one tells."""
    config: Config = current_app.extensions["commission_config"]
    reader = db.session.get(User, event.actor_id) if event.actor_id else None
    if reader is None or (count := _read_in_an_hour(reader.id)) <= config.reveals_per_hour:
        return
    if not _is_told(reader.id):
        record(None, "many_identities_read", reader, count=count)


for _name in OPENED:
    on(_name)(watch)


def _read_in_an_hour(reader_id: UUID) -> int:
    since = clock.now() - timedelta(hours=1)
    lately = (Event.name.in_(OPENED), Event.actor_id == reader_id, Event.at > since)
    return db.session.scalar(select(func.count()).select_from(Event).where(*lately)) or 0


def _is_told(reader_id: UUID) -> bool:
    since = clock.now() - timedelta(hours=1)
    told = (Event.name == "many_identities_read", Event.subject_id == reader_id, Event.at > since)
    return bool(db.session.scalar(select(exists().where(*told))))


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
