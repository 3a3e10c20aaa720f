"""What follows a published agenda, a withdrawn dossier, a closed day."""

from datetime import datetime

from flask import render_template
from sqlalchemy import select

from commission_app.accounts.models import User
from commission_app.core.db import db
from commission_app.core.events import Event, on, record
from commission_app.core.french import hour, long_date
from commission_app.core.mail import Mail, send_later
from commission_app.core.web import absolute_url
from commission_app.dossiers.models import Dossier
from commission_app.dossiers.services import postpone_dossier
from commission_app.dossiers.states import DossierState
from commission_app.sessions.agenda.models import AgendaItem, AgendaVersion
from commission_app.sessions.agenda.publication.queries import invited_people
from commission_app.sessions.agenda.queries import items_of
from commission_app.sessions.models import CommissionSession
from commission_app.sessions.states import ItemState

WITHDRAWN_REASON = "L’accord de partage a pris fin."
NOT_REACHED_REASON = "Non abordé ce jour-là."


@on("agenda_published")
def tell_readers(_event: Event, version: AgendaVersion) -> None:
    """Everybody invited learns that there is something to read; who presents a dossier gets the own hours."""
    day = db.session.get_one(CommissionSession, version.commission_session_id)
    presenters = _presenters(day, version)
    people = {person.id: person for person in invited_people(day)}
    people |= {facilitator.user.id: facilitator.user for facilitator in day.facilitators}
    for person in people.values():
        if person.id not in presenters:
            _send(day, version, person, "agenda", [])
    for person, hours in presenters.values():
        _send(day, version, person, "passage", hours)


def _presenters(day: CommissionSession, version: AgendaVersion) -> dict[object, tuple[User, list[str]]]:
    items = {str(item.id): item for item in items_of(day)}
    found: dict[object, tuple[User, list[str]]] = {}
    for point in version.content:
        item = items.get(point["item_id"])
        if item is not None and item.presenter is not None and item.dossier_id is not None:
            starts, ends = (datetime.fromisoformat(point[key]) for key in ("starts", "ends"))
            hours = found.setdefault(item.presenter.id, (item.presenter, []))[1]
            hours.append(f"{hour(starts)} à {hour(ends)}")
    return found


def _send(
    day: CommissionSession, version: AgendaVersion, person: User, letter: str, hours: list[str]
) -> None:
    verb = "publié" if version.number == 1 else "modifié"
    subject = f"Ordre du jour {verb} : session du {long_date(day.starts_at)}"
    context = {
        "subject": subject,
        "day": day,
        "version": version,
        "hours": hours,
        "place": day.territory.name,
        "link": absolute_url("agenda.show", session_id=day.id),
    }
    text = render_template(f"emails/agenda/{letter}.txt", **context)
    html = render_template(f"emails/agenda/{letter}.html", **context)
    send_later(Mail(person.email, subject, text, html), key=f"agenda:{version.id}:{person.id}")


@on("dossier_withdrawn")
def leave_agendas(_event: Event, dossier: Dossier) -> None:
    """A dossier withdrawn leaves every agenda on which it still waits; a running point is ended live."""
    query = select(AgendaItem).where(
        AgendaItem.dossier_id == dossier.id, AgendaItem.state == ItemState.WAITING
    )
    for item in db.session.scalars(query):
        item.state, item.postponed_reason = ItemState.POSTPONED, WITHDRAWN_REASON
        record(None, "item_withdrawn", item)


@on("fiche_accepted")
def present_by_the_new_referent(_event: Event, dossier: Dossier) -> None:
    """Who takes an accompaniment over presents it wherever it still waits."""
    query = select(AgendaItem).where(
        AgendaItem.dossier_id == dossier.id, AgendaItem.state == ItemState.WAITING
    )
    for item in db.session.scalars(query):
        item.presenter_id = dossier.referent_id


@on("session_closed")
def postpone_what_was_not_reached(event: Event, day: CommissionSession) -> None:
    """A point that nobody reached waits again for the day that the coordination will choose."""
    actor = db.session.get_one(User, event.actor_id)
    for item in items_of(day):
        if item.state is not ItemState.WAITING or item.is_fixed:
            continue
        item.state, item.postponed_reason = ItemState.POSTPONED, NOT_REACHED_REASON
        if item.dossier is not None and item.dossier.state is DossierState.SCHEDULED:
            postpone_dossier(actor, item.dossier)
