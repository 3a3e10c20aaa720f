"""Who may compose an agenda, read it, read what is presented, propose a point."""

import uuid
from collections.abc import Sequence

from sqlalchemy import ColumnElement, select

from commission_app.accounts.models import User
from commission_app.accounts.states import Role
from commission_app.core.db import db
from commission_app.dossiers.agreement.models import SharingAgreement
from commission_app.dossiers.models import Dossier
from commission_app.dossiers.states import DossierState
from commission_app.sessions.agenda.models import AgendaItem, AgendaProposal
from commission_app.sessions.convening.models import Invitation
from commission_app.sessions.models import CommissionSession
from commission_app.sessions.policies import can_prepare_session, is_facilitator
from commission_app.sessions.states import SessionState

#: Days whose agenda may still be composed.
COMPOSABLE = frozenset(
    {SessionState.PROPOSED, SessionState.PUBLISHED, SessionState.CONVENED, SessionState.LIVE}
)
_PROPOSERS = (Role.PARTICIPANT, Role.REFERENT, Role.COORDINATOR)


def can_compose_agenda(actor: User, day: CommissionSession) -> bool:
    """The coordination of one of the territories that share the day composes its agenda."""
    return can_prepare_session(actor, day)


def can_postpone_item(actor: User, day: CommissionSession) -> bool:
    """The coordination beforehand, the two facilitators on the day."""
    return can_prepare_session(actor, day) or is_facilitator(actor, day)


def invitation_of(actor: User, day: CommissionSession) -> Invitation | None:
    """The person's invitation to the day, unless it was withdrawn."""
    return db.session.scalar(
        select(Invitation).where(
            Invitation.commission_session_id == day.id,
            Invitation.user_id == actor.id,
            Invitation.removed_at.is_(None),
        )
    )


def can_read_agenda(actor: User, day: CommissionSession) -> bool:
    """The coordination, the facilitators, the people invited, and whoever presents a point."""
    return (
        can_prepare_session(actor, day)
        or is_facilitator(actor, day)
        or invitation_of(actor, day) is not None
        or presents_on(actor, day)
    )


def presents_on(actor: User, day: CommissionSession) -> bool:
    """Whether the person presents a point of the day."""
    query = select(AgendaItem.id).where(AgendaItem.commission_session_id == day.id, is_presented_by(actor.id))
    return db.session.scalar(query.limit(1)) is not None


def presents(actor: User, item: AgendaItem) -> bool:
    """A situation is presented by who accompanies the person today, any other point by who brought it."""
    presenter_id = item.dossier.referent_id if item.dossier else item.presenter_id
    return presenter_id == actor.id


def is_presented_by(user_id: uuid.UUID) -> ColumnElement[bool]:
    """The points for which a person comes to the day: a situation withdrawn brings nobody into the room any
    more."""
    is_own = (Dossier.referent_id == user_id) & (Dossier.state != DossierState.WITHDRAWN)
    own = select(Dossier.id).where(is_own)
    brought = AgendaItem.dossier_id.is_(None) & (AgendaItem.presenter_id == user_id)
    return AgendaItem.dossier_id.in_(own) | brought


def can_read_presentation(actor: User, item: AgendaItem, agreement: SharingAgreement | None) -> bool:
    """Who may read the shared presentation behind a point, as long as the agreement holds.

    The coordination and the presenter do by their work; a facilitator or a person invited only when the scope
    of the agreement includes the structure.
    """
    structure_ids = reader_structure_ids(actor, item.commission_session)
    return reads_presentation(actor, item, agreement, structure_ids)


def reads_presentation(
    actor: User, item: AgendaItem, agreement: SharingAgreement | None, structure_ids: Sequence[uuid.UUID]
) -> bool:
    """The same for a list: the structures for which the person reads are looked up once by the caller. A
    dossier that was withdrawn is read by nobody, whatever was agreed."""
    if agreement is None or not agreement.holds_today:
        return False
    if item.dossier is None or item.dossier.state is DossierState.WITHDRAWN:
        return False
    if can_prepare_session(actor, item.commission_session) or presents(actor, item):
        return True
    return _is_in_scope(structure_ids, agreement.scope)


def reader_structure_ids(actor: User, day: CommissionSession) -> list[uuid.UUID]:
    """For which structures the person reads the presentations of a day; none when neither invited nor
    facilitating."""
    invitation = invitation_of(actor, day)
    own = [actor.structure_id] if is_facilitator(actor, day) and actor.structure_id else []
    return [*own, *([invitation.structure_id] if invitation else [])]


def _is_in_scope(structure_ids: Sequence[uuid.UUID], scope: Sequence[str]) -> bool:
    return any(not scope or str(structure_id) in scope for structure_id in structure_ids)


def can_write_opinion(actor: User, day: CommissionSession) -> bool:
    """A person invited writes the opinion of the structure invited, until the day is over."""
    return invitation_of(actor, day) is not None and day.state in COMPOSABLE


def can_propose_point(actor: User, territory_id: uuid.UUID) -> bool:
    """Members, référents and coordination of a territory propose points for its commission."""
    return territory_id in actor.territory_ids(*_PROPOSERS)


def can_handle_proposal(actor: User, proposal: AgendaProposal) -> bool:
    """The coordination of the territory places or declines a proposal; its author may take it back."""
    return actor.holds(Role.COORDINATOR, proposal.territory_id) or proposal.author_id == actor.id


def coordinated_territory_ids(actor: User) -> set[uuid.UUID]:
    """The territories whose proposals the person handles."""
    return actor.territory_ids(Role.COORDINATOR)


def proposing_territory_ids(actor: User) -> set[uuid.UUID]:
    """The territories for whose commission the person may propose points."""
    return actor.territory_ids(*_PROPOSERS)
