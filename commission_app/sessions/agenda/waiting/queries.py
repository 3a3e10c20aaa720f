"""What waits on the territories of a day: dossiers, proposals, open actions, topics that go on."""

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from commission_app.accounts.models import User
from commission_app.core.db import db
from commission_app.core.errors import NotFoundError
from commission_app.dossiers.models import Dossier
from commission_app.dossiers.states import DossierState
from commission_app.followup.models import Action
from commission_app.followup.queries import is_open, open_actions
from commission_app.sessions.agenda.models import AgendaItem, AgendaProposal
from commission_app.sessions.agenda.queries import territory_ids_of
from commission_app.sessions.decisions.models import Decision
from commission_app.sessions.models import CommissionSession
from commission_app.sessions.policies import shared_by
from commission_app.sessions.states import (
    FIXED_KINDS,
    ItemKind,
    ItemState,
    ProposalState,
    SessionState,
)

WAITING_SHOWN = 60
SEEN = frozenset({ItemState.DONE, ItemState.POSTPONED})
#: Points of the frame of each day: they come by themselves, and never go on.
NOT_TOPICS = frozenset({*FIXED_KINDS, ItemKind.CLOSING, ItemKind.FOLLOW_UP})


@dataclass(frozen=True)
class Waiting:
    """What could still come on the agenda of a day."""

    dossiers: list[Dossier]
    proposals: list[AgendaProposal]
    actions: list[Action]
    topics: list[AgendaItem]
    reported: dict[uuid.UUID, datetime]

    @property
    def count(self) -> int:
        """How many things wait."""
        return len(self.dossiers) + self.proposal_count + len(self.actions)

    @property
    def proposal_count(self) -> int:
        """Proposals and topics that go on."""
        return len(self.proposals) + len(self.topics)


def waiting_for(day: CommissionSession, items: Sequence[AgendaItem]) -> Waiting:
    """What waits on the territories of a day and stands not yet among its points."""
    territory_ids = territory_ids_of(day)
    placed = {item.action_id for item in items if item.action_id}
    actions = [action for action in open_actions(territory_ids) if action.id not in placed]
    dossiers = _waiting_dossiers(territory_ids)
    return Waiting(
        dossiers=[dossier for dossier, _reported in dossiers],
        proposals=waiting_proposals(territory_ids),
        actions=actions[:WAITING_SHOWN],
        topics=continuing_topics(day),
        reported={dossier.id: reported for dossier, reported in dossiers if reported},
    )


def _waiting_dossiers(territory_ids: Collection[uuid.UUID]) -> list[tuple[Dossier, datetime | None]]:
    """Retained dossiers and those that an earlier session postponed, oldest first, each with the last session
    that postponed it."""
    reported = (
        select(func.max(CommissionSession.starts_at))
        .join(AgendaItem, AgendaItem.commission_session_id == CommissionSession.id)
        .where(AgendaItem.dossier_id == Dossier.id, AgendaItem.state == ItemState.POSTPONED)
        .scalar_subquery()
    )
    query = (
        select(Dossier, reported)
        .where(
            Dossier.territory_id.in_(territory_ids),
            Dossier.state.in_((DossierState.RETAINED, DossierState.POSTPONED)),
        )
        .order_by(Dossier.state_since, Dossier.code)
        .limit(WAITING_SHOWN)
    )
    return [(dossier, moment) for dossier, moment in db.session.execute(query)]


def waiting_proposals(territory_ids: Collection[uuid.UUID]) -> list[AgendaProposal]:
    """What participants proposed and nobody placed nor declined, oldest first."""
    query = (
        select(AgendaProposal)
        .where(AgendaProposal.territory_id.in_(territory_ids), AgendaProposal.state == ProposalState.WAITING)
        .options(joinedload(AgendaProposal.author).lazyload(User.memberships))
        .order_by(AgendaProposal.created_at)
        .limit(WAITING_SHOWN)
    )
    return list(db.session.scalars(query))


def waiting_dossier(day: CommissionSession, dossier_id: uuid.UUID) -> Dossier:
    """A dossier that waits for a session, of whichever territory that shares it; raises NotFoundError for any
    other. One just placed elsewhere is found too: placing it says why it cannot be."""
    query = select(Dossier).where(
        Dossier.id == dossier_id,
        Dossier.territory_id.in_(territory_ids_of(day)),
        Dossier.state.in_((DossierState.RETAINED, DossierState.POSTPONED, DossierState.SCHEDULED)),
    )
    dossier = db.session.scalar(query)
    if dossier is None:
        raise NotFoundError()
    return dossier


def continuing_topics(day: CommissionSession) -> list[AgendaItem]:
    """Points without a dossier that go on and were not yet taken up again, those of the oldest session first.

    A topic of a closed session goes on as long as it was not discussed, is recurring, or has an open action.
    """
    later = select(AgendaItem.followed_item_id).where(AgendaItem.followed_item_id.is_not(None))
    closed = (
        shared_by(territory_ids_of(day))
        .where(CommissionSession.state == SessionState.CLOSED)
        .with_only_columns(CommissionSession.id)
    )
    has_open_action = exists().where(
        Decision.agenda_item_id == AgendaItem.id, Action.decision_id == Decision.id, is_open()
    )
    query = (
        select(AgendaItem)
        .where(
            AgendaItem.commission_session_id.in_(closed),
            AgendaItem.dossier_id.is_(None),
            AgendaItem.action_id.is_(None),
            AgendaItem.kind.not_in(NOT_TOPICS),
            AgendaItem.id.not_in(later),
            or_(AgendaItem.is_recurring, AgendaItem.state == ItemState.POSTPONED, has_open_action),
        )
        .join(AgendaItem.commission_session)
        .options(contains_eager(AgendaItem.commission_session), joinedload(AgendaItem.dossier))
        .order_by(CommissionSession.starts_at, AgendaItem.position)
        .limit(WAITING_SHOWN)
    )
    return list(db.session.scalars(query))


def may_be_seen_again(item: AgendaItem) -> bool:
    """Whether a point was dealt with, and its situation may still be shown."""
    is_withdrawn = item.dossier is not None and item.dossier.state is DossierState.WITHDRAWN
    return item.state in SEEN and item.kind not in NOT_TOPICS and not is_withdrawn


def last_postponements(dossier_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, AgendaItem]:
    """For each dossier the point that last postponed it."""
    query = (
        select(AgendaItem)
        .where(AgendaItem.dossier_id.in_(dossier_ids), AgendaItem.state == ItemState.POSTPONED)
        .join(AgendaItem.commission_session)
        .options(joinedload(AgendaItem.commission_session))
        .order_by(CommissionSession.starts_at)
    )
    return {item.dossier_id: item for item in db.session.scalars(query) if item.dossier_id}
