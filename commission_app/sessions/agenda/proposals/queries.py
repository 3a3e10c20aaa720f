"""The proposals of a territory and of a person."""

import uuid
from collections.abc import Collection

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import joinedload, lazyload

from commission_app.accounts.models import User
from commission_app.core.db import db
from commission_app.core.errors import NotFoundError
from commission_app.sessions.agenda.models import AgendaProposal
from commission_app.sessions.agenda.policies import coordinated_territory_ids

SHOWN = 100


def visible_proposals(actor: User) -> Select[AgendaProposal]:
    """The proposals that a person may see: the own ones, and those of the territories one coordinates."""
    return select(AgendaProposal).where(
        or_(
            AgendaProposal.author_id == actor.id,
            AgendaProposal.territory_id.in_(coordinated_territory_ids(actor)),
        )
    )


def get_proposal(actor: User, proposal_id: uuid.UUID) -> AgendaProposal:
    """One proposal; what one may not see does not exist."""
    proposal = db.session.scalar(visible_proposals(actor).where(AgendaProposal.id == proposal_id))
    if proposal is None:
        raise NotFoundError()
    return proposal


def proposals_on(actor: User, territory_ids: Collection[uuid.UUID]) -> list[AgendaProposal]:
    """What the person may see of the proposals made on these territories, newest first."""
    query = (
        visible_proposals(actor)
        .where(AgendaProposal.territory_id.in_(territory_ids))
        .options(
            joinedload(AgendaProposal.author).options(lazyload(User.memberships)),
            joinedload(AgendaProposal.territory),
        )
        .order_by(AgendaProposal.created_at.desc())
    )
    return list(db.session.scalars(query.limit(SHOWN)))
