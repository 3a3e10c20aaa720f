"""Who may see a day of commission, prepare it, run it."""

import uuid
from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, Select, false, or_, select, true

from commission_app.accounts.models import User
from commission_app.accounts.states import Role
from commission_app.sessions.convening.models import Invitation
from commission_app.sessions.models import CommissionSession, Facilitator, session_territory
from commission_app.sessions.states import SessionState


def is_facilitator(actor: User, day: CommissionSession) -> bool:
    """Whether the person is one of the two who run this day."""
    return any(facilitator.user_id == actor.id for facilitator in day.facilitators)


def can_prepare_territory(actor: User, territory_id: uuid.UUID) -> bool:
    """The coordination of a territory lays out its year and prepares its days."""
    return actor.holds(Role.COORDINATOR, territory_id)


def can_prepare_session(actor: User, day: CommissionSession) -> bool:
    """The coordination of one of the territories that share the day prepares it."""
    territories = {territory.id for territory in day.territories} | {day.territory_id}
    return not territories.isdisjoint(actor.territory_ids(Role.COORDINATOR))


def acts_everywhere(actor: User) -> bool:
    """Pilots and administrators of the département see the calendars of all territories."""
    return actor.holds_everywhere(Role.PILOT) or actor.holds_everywhere(Role.ADMINISTRATOR)


def visible_sessions(actor: User) -> Select[CommissionSession]:
    """The days that the person may see, to be ordered and filtered by the caller."""
    return sessions_seen(**sight_of(actor))


def sight_of(actor: User) -> dict[str, Any]:
    """What decides which days a person sees, as the values of `sessions_seen`."""
    return {
        "actor_id": actor.id,
        "coordinated": tuple(sorted(actor.territory_ids(Role.COORDINATOR))),
        "places": tuple(sorted(actor.territory_ids())),
        "everywhere": acts_everywhere(actor),
    }


def sessions_seen(
    *, actor_id: Any, coordinated: Collection[Any], places: Collection[Any], everywhere: bool
) -> Select[CommissionSession]:
    """The days seen by a person of these places, for a statement that is built once."""
    published = CommissionSession.state != SessionState.PROPOSED
    facilitated = select(Facilitator.commission_session_id).where(Facilitator.user_id == actor_id)
    concerned: ColumnElement[bool] = (
        true()
        if everywhere
        else or_(
            _is_shared_by(places),
            CommissionSession.id.in_(facilitated),
            CommissionSession.id.in_(_invitations_of(actor_id)),
        )
    )
    return select(CommissionSession).where(or_(_is_shared_by(coordinated), published & concerned))


def shared_by(territory_ids: Collection[Any]) -> Select[CommissionSession]:
    """The days that these territories hold or share, whoever asks."""
    return select(CommissionSession).where(_is_shared_by(territory_ids))


def _is_shared_by(territory_ids: Collection[Any]) -> ColumnElement[bool]:
    if not territory_ids:
        return false()
    shared = select(session_territory.c.commission_session_id).where(
        session_territory.c.territory_id.in_(territory_ids)
    )
    return or_(CommissionSession.territory_id.in_(territory_ids), CommissionSession.id.in_(shared))


def _invitations_of(actor_id: Any) -> Select[uuid.UUID]:
    return select(Invitation.commission_session_id).where(
        Invitation.user_id == actor_id, Invitation.removed_at.is_(None)
    )
