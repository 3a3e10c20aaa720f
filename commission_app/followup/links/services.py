"""Reminders, the link in them, and what is answered through it."""

from datetime import datetime, time, timedelta

from sqlalchemy import update

from commission_app.accounts.models import User
from commission_app.core import clock
from commission_app.core.db import db
from commission_app.core.errors import InvalidInputError, WrongStateError
from commission_app.core.events import record
from commission_app.core.outbox import enqueue
from commission_app.core.policies import require
from commission_app.core.tokens import hashed, new_token
from commission_app.followup.links.queries import to_remind
from commission_app.followup.links.states import Reply
from commission_app.followup.models import Action, ActionLink, ActionNote
from commission_app.followup.policies import can_remind
from commission_app.followup.states import ACTION_TRANSITIONS, ActionState
from commission_app.territories.models import Territory

LIFE = timedelta(days=30)
AT_ONCE = 200
NOT_YOURS = "Seule la coordination du territoire relance."


def remind_late(actor: User, territory: Territory) -> int:
    """Remind of every late action of the territory that nobody was reminded of these last days.

    The coordination alone may. Returns how many; each mail leaves once a day at most.
    """
    require(can_remind(actor, territory.id), NOT_YOURS)
    actions = db.session.scalars(to_remind(territory.id).order_by(Action.due_on).limit(AT_ONCE)).all()
    for action in actions:
        _ask_again(action)
    record(actor, "late_actions_reminded", territory, count=len(actions))
    return len(actions)


def remind_action(actor: User, action: Action) -> None:
    """Remind of one open action now; the coordination alone may, once a day."""
    require(can_remind(actor, action.territory_id), NOT_YOURS)
    if not action.is_open:
        raise WrongStateError("Cette action n’est plus à faire : il n’y a personne à relancer.")
    _ask_again(action)
    record(actor, "action_reminded", action)


def revoke_links(actor: User, action: Action) -> None:
    """Withdraw every link sent about an action; the coordination alone may."""
    require(can_remind(actor, action.territory_id), NOT_YOURS)
    db.session.execute(
        update(ActionLink)
        .where(ActionLink.action_id == action.id, ActionLink.revoked_at.is_(None))
        .values(revoked_at=clock.now())
    )
    record(actor, "action_links_revoked", action)


def schedule_reminders(action: Action) -> None:
    """Plan the mails of seven days and one day before and one day after, at eight.

    The clock sends them, without an account.
    """
    for kind, days in (("week", -7), ("eve", -1), ("late", 1)):
        moment = _morning(action, days)
        if moment > clock.now():
            payload = {"action_id": str(action.id), "kind": kind, "due_on": action.due_on.isoformat()}
            enqueue("remind_action", payload, key=f"action-{kind}:{action.id}:{action.due_on}", run_at=moment)


def make_link(action: Action) -> str:
    """A new secret for the mail of a reminder, for its owner or the structure without an account."""
    token = new_token()
    db.session.add(
        ActionLink(
            action_id=action.id,
            user_id=action.owner_id,
            token_hash=hashed(token),
            expires_at=clock.now() + LIFE,
        )
    )
    return token


def answer_by_link(link: ActionLink, *, reply: Reply, note: str) -> None:
    """Write what somebody answered through a link, without an account.

    Done ends the action; more time starts it; who cannot says why, and the coordination is told. Refused when
    the action is closed already.
    """
    action = link.action
    if not action.is_open:
        raise WrongStateError("Cette action n’est plus à faire : vous n’avez rien à répondre.")
    if reply is not Reply.DONE and not note.strip():
        raise InvalidInputError("Écrivez en une phrase où en est l’action.", field="note")
    if note.strip():
        db.session.add(ActionNote(action_id=action.id, author_id=link.user_id, text=note.strip()))
    if reply is Reply.DONE:
        action.state, action.done_at = ACTION_TRANSITIONS.after(action.state, "finish"), clock.now()
    elif reply is Reply.MORE_TIME and action.state is ActionState.TO_DO:
        action.state = ACTION_TRANSITIONS.after(action.state, "start")
    record(link.user, "action_answered", action, reply=reply.value)


def _ask_again(action: Action) -> None:
    payload = {"action_id": str(action.id), "kind": "again", "due_on": action.due_on.isoformat()}
    enqueue("remind_action", payload, key=f"action-again:{action.id}:{clock.today()}")


def _morning(action: Action, days: int) -> datetime:
    return datetime.combine(action.due_on + timedelta(days=days), time(8), clock.PARIS)
