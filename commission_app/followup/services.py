"""What happens to an action, and a problem sent up."""

import uuid
from collections.abc import Collection
from datetime import date

from commission_app.accounts.models import User
from commission_app.core import clock
from commission_app.core.db import db
from commission_app.core.errors import InvalidInputError
from commission_app.core.events import record
from commission_app.core.policies import require
from commission_app.core.search import folded
from commission_app.followup.models import Action, ActionFollower, ActionNote, Remontee
from commission_app.followup.policies import can_create_action, can_follow_action
from commission_app.followup.states import ACTION_TRANSITIONS
from commission_app.territories.models import Structure

ONLY_COORDINATION = "Seule la coordination du territoire ajoute une action."
NOT_YOURS = "Seules la structure qui porte l’action et la coordination du territoire la font avancer."


def create_action(
    actor: User,
    *,
    territory_id: uuid.UUID,
    structure_id: uuid.UUID,
    title: str,
    due_on: date,
    decision_id: uuid.UUID | None = None,
    dossier_id: uuid.UUID | None = None,
    commission_session_id: uuid.UUID | None = None,
    owner_id: uuid.UUID | None = None,
    follower_ids: Collection[uuid.UUID] = (),
) -> Action:
    """Write what a structure does by a day; the followers may move it as its structure does.

    From a decision the right was checked by who records it; otherwise the coordination of the territory alone
    may.
    """
    if decision_id is None:
        require(can_create_action(actor, territory_id), ONLY_COORDINATION)
        _check_place(territory_id, structure_id, owner_id)
    if not title.strip():
        raise InvalidInputError("Écrivez ce qui est à faire.", field="title")
    action = Action(
        territory_id=territory_id,
        structure_id=structure_id,
        owner_id=owner_id,
        author_id=actor.id,
        title=title.strip(),
        search=folded(title)[:300],
        due_on=due_on,
        decision_id=decision_id,
        dossier_id=dossier_id,
        commission_session_id=commission_session_id,
        followers=[ActionFollower(user_id=user_id) for user_id in follower_ids],
    )
    db.session.add(action)
    record(actor, "action_created", action, structure=str(structure_id), due_on=due_on.isoformat())
    return action


def start_action(actor: User, action: Action, *, version: int) -> None:
    """Say that the work began; refused for others than its structure and the coordination."""
    require(can_follow_action(actor, action), NOT_YOURS)
    action.expect_version(version)
    action.state = ACTION_TRANSITIONS.after(action.state, "start")
    record(actor, "action_started", action)


def finish_action(actor: User, action: Action, *, version: int) -> None:
    """Say that it is done, today; only an open action can be finished."""
    require(can_follow_action(actor, action), NOT_YOURS)
    action.expect_version(version)
    action.state = ACTION_TRANSITIONS.after(action.state, "finish")
    action.done_at = clock.now()
    record(actor, "action_finished", action, in_time=action.done_in_time)


def drop_action(actor: User, action: Action, *, reason: str, version: int) -> None:
    """Give an open action up, with a reason that stays readable."""
    require(can_follow_action(actor, action), NOT_YOURS)
    action.expect_version(version)
    if not reason.strip():
        raise InvalidInputError("Écrivez pourquoi l’action est abandonnée.", field="reason")
    state = ACTION_TRANSITIONS.after(action.state, "drop")
    action.drop_reason, action.state, action.done_at = reason.strip(), state, clock.now()
    record(actor, "action_dropped", action)


def reopen_action(actor: User, action: Action, *, version: int) -> None:
    """Take up again an action that was done or given up; it is under way once more."""
    require(can_follow_action(actor, action), NOT_YOURS)
    action.expect_version(version)
    action.state = ACTION_TRANSITIONS.after(action.state, "reopen")
    action.done_at, action.drop_reason = None, ""
    record(actor, "action_reopened", action)


def note_progress(actor: User, action: Action, *, text: str) -> ActionNote:
    """Write a line on how it goes; also on an action that is closed."""
    require(can_follow_action(actor, action), NOT_YOURS)
    if not text.strip():
        raise InvalidInputError("Écrivez où en est l’action.", field="text")
    note = ActionNote(action_id=action.id, author_id=actor.id, text=text.strip())
    db.session.add(note)
    record(actor, "action_noted", action)
    return note


def create_remontee(
    actor: User,
    *,
    territory_id: uuid.UUID,
    theme: str,
    text: str,
    decision_id: uuid.UUID | None = None,
    commission_session_id: uuid.UUID | None = None,
) -> Remontee:
    """Send a problem up to the département; from a decision, or by the coordination of the territory."""
    if decision_id is None:
        require(
            can_create_action(actor, territory_id),
            "Seule la coordination du territoire transmet une remontée.",
        )
    if not theme.strip():
        raise InvalidInputError("Donnez un thème à la remontée.", field="theme")
    if not text.strip():
        raise InvalidInputError("Décrivez le problème à transmettre.", field="text")
    remontee = Remontee(
        territory_id=territory_id,
        theme=theme.strip(),
        text=text.strip(),
        decision_id=decision_id,
        commission_session_id=commission_session_id,
    )
    db.session.add(remontee)
    record(actor, "remontee_sent", remontee)
    return remontee


def _check_place(territory_id: uuid.UUID, structure_id: uuid.UUID, owner_id: uuid.UUID | None) -> None:
    structure = db.session.get(Structure, structure_id)
    if structure is None or territory_id not in {one.id for one in structure.territories}:
        raise InvalidInputError("Choisissez une structure de ce territoire.", field="structure_id")
    owner = db.session.get(User, owner_id) if owner_id is not None else None
    if owner is not None and owner.structure_id != structure_id:
        raise InvalidInputError("Cette personne n’est pas de cette structure.", field="owner_id")
