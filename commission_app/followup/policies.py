"""Who reads and who moves actions."""

import uuid

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
    here = Action.territory_id == territory_id
    if actor.holds_everywhere(Role.PILOT) or territory_id in actor.territory_ids(*READERS):
        return select(Action).where(here)
    return select(Action).where(here, _is_own(actor))


def _readable(actor: User) -> ColumnElement[bool]:
    if actor.holds_everywhere(Role.PILOT):
        return true()
    return or_(Action.territory_id.in_(actor.territory_ids(*READERS)), _is_own(actor))


def _is_own(actor: User) -> ColumnElement[bool]:
    followed = select(ActionFollower.action_id).where(ActionFollower.user_id == actor.id)
    return or_(Action.owner_id == actor.id, Action.id.in_(followed))
