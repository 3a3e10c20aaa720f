"""Who reads and who moves actions."""

import uuid
from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, Select, or_, select, true

from commission_app.accounts.models import User
from commission_app.accounts.states import Role
from commission_app.followup.models import Action, ActionFollower

#: Those who read the board of their territory.
READERS = (Role.REFERENT, Role.COORDINATOR, Role.PARTICIPANT, Role.PILOT)
#: Those who act there; the pilots read.
ACTORS = (Role.REFERENT, Role.COORDINATOR, Role.PARTICIPANT)
#: Those who write actions down, remind, and send problems up.
COORDINATORS = (Role.COORDINATOR,)


def can_create_action(actor: User, territory_id: object) -> bool:
    """The coordination of the territory writes actions that come from no decision."""
    return territory_id in actor.territory_ids(Role.COORDINATOR)


def can_remind(actor: User, territory_id: object) -> bool:
    """The coordination of the territory sends reminders and withdraws the links in them."""
    return territory_id in actor.territory_ids(Role.COORDINATOR)


def can_follow_action(actor: User, action: Action) -> bool:
    """The owner, the facilitators of the day that decided it, the people of the structure on that territory,
    who wrote it down, and the coordination."""
    if action.owner_id == actor.id or actor.id in {follower.user_id for follower in action.followers}:
        return True
    if action.territory_id not in actor.territory_ids(*ACTORS):
        return False
    is_theirs = actor.structure_id == action.structure_id or action.author_id == actor.id
    return is_theirs or actor.holds(Role.COORDINATOR, action.territory_id)


def can_compare_territories(actor: User) -> bool:
    """The pilots, and whoever coordinates several territories, see them side by side."""
    return actor.holds_everywhere(Role.PILOT) or len(actor.territory_ids(Role.COORDINATOR, Role.PILOT)) > 1


def visible_actions(actor: User) -> Select[Action]:
    """The actions of the person's territories, and those that the person owns or follows."""
    return select(Action).where(_readable(actor))


def visible_actions_on(actor: User, territory_id: uuid.UUID) -> Select[Action]:
    """The same on one territory; for those who read it whole, in the shape that an index answers."""
    return actions_seen(territory_id, actor_id=actor.id, whole=reads_whole(actor, territory_id))


def reads_whole(actor: User, territory_id: uuid.UUID) -> bool:
    """Whether the person reads every action of a territory."""
    return actor.holds_everywhere(Role.PILOT) or territory_id in actor.territory_ids(*READERS)


def actions_seen(territory_id: Any, *, actor_id: Any, whole: bool) -> Select[Action]:
    """The actions of a territory, or those of them that the person owns or follows; for a statement that is
    built once."""
    here = Action.territory_id == territory_id
    return select(Action).where(here) if whole else select(Action).where(here, _is_own(actor_id))


def hands_of(actor: User) -> dict[str, Any]:
    """What decides which actions a person may follow, as the values of `followed`."""
    return {
        "actor_id": actor.id,
        "structure_id": actor.structure_id,
        "acting": tuple(sorted(actor.territory_ids(*ACTORS))),
        "coordinated": tuple(sorted(actor.territory_ids(Role.COORDINATOR))),
    }


def followed(
    *, actor_id: Any, structure_id: Any, acting: Collection[Any], coordinated: Collection[Any]
) -> ColumnElement[bool]:
    """The criterion of `can_follow_action`, for a statement that is built once."""
    theirs = or_(Action.structure_id == structure_id, Action.author_id == actor_id)
    return or_(
        _is_own(actor_id),
        Action.territory_id.in_(acting) & theirs,
        Action.territory_id.in_(coordinated),
    )


def _readable(actor: User) -> ColumnElement[bool]:
    if actor.holds_everywhere(Role.PILOT):
        return true()
    return or_(Action.territory_id.in_(actor.territory_ids(*READERS)), _is_own(actor.id))


def _is_own(actor_id: Any) -> ColumnElement[bool]:
    followed = select(ActionFollower.action_id).where(ActionFollower.user_id == actor_id)
    return or_(Action.owner_id == actor_id, Action.id.in_(followed))
