"""Who reads and who answers problems sent up."""

import uuid

from sqlalchemy import Select, or_, select

from commission_app.accounts.models import Membership, User
from commission_app.accounts.states import Role
from commission_app.followup.models import Remontee

READERS = (Role.REFERENT, Role.COORDINATOR, Role.PARTICIPANT, Role.PILOT)


def visible_remontees(actor: User) -> Select[Remontee]:
    """Those of the person's territories; all of them for the pilots of the département."""
    if actor.holds_everywhere(Role.PILOT):
        return select(Remontee)
    return select(Remontee).where(Remontee.territory_id.in_(actor.territory_ids(*READERS)))


def can_answer_remontee(actor: User) -> bool:
    """The pilots of the département answer."""
    return actor.holds_everywhere(Role.PILOT)


def can_send_remontee(actor: User) -> bool:
    """Whoever coordinates a territory sends a problem up."""
    return bool(actor.territory_ids(Role.COORDINATOR))


def piloting(territory_id: uuid.UUID) -> Select[User]:
    """Those who pilot the département or that territory today; closed accounts are left out."""
    place = or_(Membership.territory_id.is_(None), Membership.territory_id == territory_id)
    return (
        select(User)
        .where(User.closed_at.is_(None))
        .where(User.memberships.any(place & Membership.held_today(Role.PILOT)))
        .order_by(User.last_name)
    )
