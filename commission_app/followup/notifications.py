"""The mails of actions: reminders before and after the day, and what rises to the coordination."""

import uuid
from typing import Any

from flask import render_template

from commission_app.accounts.models import User
from commission_app.accounts.queries import people_of
from commission_app.accounts.states import Role
from commission_app.core import clock
from commission_app.core.db import db
from commission_app.core.events import Event, on
from commission_app.core.mail import Mail, send_later
from commission_app.core.outbox import job
from commission_app.core.web import absolute_url
from commission_app.followup.links.queries import open_action
from commission_app.followup.links.services import make_link, schedule_reminders
from commission_app.followup.links.states import Reply
from commission_app.followup.models import Action, Remontee
from commission_app.followup.remontees.queries import pilots_of

Templates = tuple[str, str]
REMINDER = ("emails/followup/reminder.txt", "emails/followup/reminder.html")
COORDINATION = ("emails/followup/coordination.txt", "emails/followup/coordination.html")
REMONTEE = ("emails/followup/remontee.txt", "emails/followup/remontee.html")
SUBJECTS = {
    "week": "Une action à faire dans sept jours",
    "eve": "Une action à faire demain",
    "late": "Une action est en retard d’un jour",
    "again": "Une action attend votre réponse",
}


@on("action_created")
@on("action_reopened")
def plan_reminders(_event: Event, action: Any) -> None:
    """Each action is recalled by the clock."""
    schedule_reminders(action)


@on("action_answered")
def tell_refusal(event: Event, action: Any) -> None:
    """Who cannot do an action is heard by the coordination at once."""
    if event.data["reply"] == Reply.CANNOT:
        _tell_coordination(
            action, "Une structure ne peut pas faire une action", key=f"cannot:{action.id}:{clock.today()}"
        )


@on("remontee_sent")
def tell_pilots(_event: Event, remontee: Remontee) -> None:
    """A problem sent up reaches those who pilot that territory or the département."""
    people = pilots_of(remontee.territory_id)
    _tell_about_remontee(remontee, people, "Une remontée attend une réponse", key="sent")


@on("remontee_answered")
def tell_territory(_event: Event, remontee: Remontee) -> None:
    """The answer comes back to the coordination of the territory."""
    people = people_of(remontee.territory_id, Role.COORDINATOR)
    _tell_about_remontee(remontee, people, "Le Département a répondu à une remontée", key="answered")


@job("remind_action")
def remind(payload: dict[str, Any]) -> None:
    """Send a reminder unless the action was done, given up, or moved to another day meanwhile."""
    action = open_action(uuid.UUID(payload["action_id"]))
    if action is None or action.due_on.isoformat() != payload["due_on"]:
        return
    if address := _address(action):
        url = absolute_url("action_links.show", token=make_link(action))
        _send(address, SUBJECTS[payload["kind"]], REMINDER, action=action, url=url)
    if payload["kind"] == "late":
        _tell_coordination(action, "Une action de votre territoire est en retard", key=f"late:{action.id}")


def _address(action: Action) -> str:
    if action.owner is not None and action.owner.is_active:
        return action.owner.email
    return action.structure.email


def _tell_coordination(action: Action, subject: str, *, key: str) -> None:
    url = absolute_url("followup.show", action_id=action.id)
    for person in people_of(action.territory_id, Role.COORDINATOR):
        _send(person.email, subject, COORDINATION, key=f"{key}:{person.id}", action=action, url=url)


def _tell_about_remontee(remontee: Remontee, people: list[User], subject: str, *, key: str) -> None:
    db.session.refresh(remontee, ["territory"])
    url = absolute_url("remontees.show", remontee_id=remontee.id)
    for person in people:
        mail_key = f"remontee-{key}:{remontee.id}:{person.id}"
        _send(person.email, subject, REMONTEE, key=mail_key, remontee=remontee, url=url)


def _send(to: str, subject: str, templates: Templates, *, key: str = "", **context: Any) -> None:
    text = render_template(templates[0], subject=subject, **context)
    html = render_template(templates[1], subject=subject, **context)
    send_later(Mail(to=to, subject=subject, text=text, html=html), key=key)
