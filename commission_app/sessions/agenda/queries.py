"""Doors and read models of a day's agenda."""

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import joinedload, lazyload, selectinload

from commission_app.accounts.models import User
from commission_app.binomes.models import Binome
from commission_app.binomes.states import Competence
from commission_app.core import clock
from commission_app.core.db import db
from commission_app.core.errors import NotFoundError
from commission_app.dossiers.agreement.models import SharingAgreement
from commission_app.dossiers.models import Dossier
from commission_app.dossiers.states import DossierState
from commission_app.followup.models import Action
from commission_app.followup.queries import open_actions
from commission_app.sessions.agenda import schedule
from commission_app.sessions.agenda.coverage import Presence, missing_of, needed_by
from commission_app.sessions.agenda.models import AgendaItem, AgendaProposal, AgendaVersion, WrittenOpinion
from commission_app.sessions.agenda.policies import can_read_agenda
from commission_app.sessions.convening.models import Invitation
from commission_app.sessions.models import CommissionSession
from commission_app.sessions.queries import get_session, sessions_of
from commission_app.sessions.states import UPCOMING, Answer, ItemState, ProposalState, SessionState

schedule_of = schedule.schedule_of

WAITING_SHOWN = 60
_COMES = (Answer.PRESENT, Answer.REPLACED)


def items_of(day: CommissionSession) -> list[AgendaItem]:
    """The points of a day in order, with what their names and remarks need."""
    return list(db.session.scalars(_items(day.id).order_by(AgendaItem.position, AgendaItem.id)))


def get_item(actor: User, day: CommissionSession, item_id: uuid.UUID) -> AgendaItem:
    """One point of a day that the actor was allowed to open; raises NotFoundError for another day's."""
    item = db.session.scalar(_items(day.id).where(AgendaItem.id == item_id))
    if item is None or not can_read_agenda(actor, day):
        raise NotFoundError()
    return item


def get_readable_session(actor: User, session_id: uuid.UUID) -> CommissionSession:
    """The day for a reader of its agenda; raises NotFoundError for whoever may not read it."""
    day = get_session(actor, session_id)
    if not can_read_agenda(actor, day):
        raise NotFoundError()
    return day


def _items(session_id: uuid.UUID) -> Select[AgendaItem]:
    earlier = joinedload(AgendaItem.followed_item)
    return (
        select(AgendaItem)
        .where(AgendaItem.commission_session_id == session_id)
        .options(
            joinedload(AgendaItem.commission_session),
            joinedload(AgendaItem.dossier),
            joinedload(AgendaItem.presenter).options(lazyload(User.memberships)),
            joinedload(AgendaItem.postponed_to),
            joinedload(AgendaItem.proposal),
            earlier.joinedload(AgendaItem.commission_session),
            earlier.joinedload(AgendaItem.dossier),
            selectinload(AgendaItem.opinions),
        )
    )


@dataclass(frozen=True)
class Table:
    """Who comes with which competences, and which competences each structure has, present or not."""

    presences: list[Presence] = field(default_factory=list)
    competences: dict[uuid.UUID, frozenset[Competence]] = field(default_factory=dict)

    def written_for(self, item: AgendaItem) -> frozenset[Competence]:
        """The competences on which a written opinion was received for a point."""
        found = (self.competences.get(opinion.structure_id, frozenset()) for opinion in item.opinions)
        return frozenset().union(*found)


def table_of(day: CommissionSession) -> Table:
    """The structures that answered they come, with the competences of their binômes on these territories."""
    competences = _competences_of(day)
    invited = db.session.scalars(
        select(Invitation)
        .where(
            Invitation.commission_session_id == day.id,
            Invitation.answer.in_(_COMES),
            Invitation.removed_at.is_(None),
        )
        .options(joinedload(Invitation.structure))
    )
    presences = [
        Presence(
            structure_id=invitation.structure_id,
            structure_name=invitation.structure.name,
            competences=competences.get(invitation.structure_id, frozenset()),
            from_time=invitation.from_time,
            until_time=invitation.until_time,
        )
        for invitation in invited
    ]
    return Table(presences, competences)


def _competences_of(day: CommissionSession) -> dict[uuid.UUID, frozenset[Competence]]:
    on = clock.local(day.starts_at).date()
    rows = db.session.execute(
        select(Binome.structure_id, Binome.competences).where(
            Binome.territory_id.in_(territory_ids_of(day)),
            Binome.starts_on <= on,
            or_(Binome.ends_on.is_(None), Binome.ends_on >= on),
        )
    )
    found: dict[uuid.UUID, frozenset[Competence]] = {}
    for structure_id, values in rows:
        brought = frozenset(Competence(value) for value in values)
        found[structure_id] = found.get(structure_id, frozenset()) | brought
    return found


def missing_competences(
    item: AgendaItem, table: Table, slot: schedule.Slot | None = None
) -> list[Competence]:
    """The competences that a point needs and nobody brings who is there then, nor answered in writing."""
    return missing_of(needed_by(item.dossier), table.presences, slot, table.written_for(item))


def territory_ids_of(day: CommissionSession) -> set[uuid.UUID]:
    """The territories that share a day."""
    return {territory.id for territory in day.territories} | {day.territory_id}


# ---- what waits to be placed


@dataclass(frozen=True)
class Waiting:
    """What could still come on the agenda of a day."""

    dossiers: list[Dossier]
    proposals: list[AgendaProposal]
    actions: list[Action]
    topics: list[AgendaItem]
    reported: dict[uuid.UUID, AgendaItem]

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
        dossiers=dossiers,
        proposals=waiting_proposals(territory_ids),
        actions=actions[:WAITING_SHOWN],
        topics=continuing_topics(day),
        reported=last_postponements([dossier.id for dossier in dossiers]),
    )


def _waiting_dossiers(territory_ids: Collection[uuid.UUID]) -> list[Dossier]:
    """Retained dossiers and those that an earlier session postponed, oldest first."""
    query = (
        select(Dossier)
        .where(
            Dossier.territory_id.in_(territory_ids),
            Dossier.state.in_((DossierState.RETAINED, DossierState.POSTPONED)),
        )
        .order_by(Dossier.state_since, Dossier.code)
        .limit(WAITING_SHOWN)
    )
    return list(db.session.scalars(query))


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


def continuing_topics(day: CommissionSession) -> list[AgendaItem]:
    """Points without a dossier that go on: not discussed in a closed session, or recurring, and not yet taken
    up again."""
    later = select(AgendaItem.followed_item_id).where(AgendaItem.followed_item_id.is_not(None))
    closed = select(CommissionSession.id).where(
        CommissionSession.territory_id.in_(territory_ids_of(day)),
        CommissionSession.state == SessionState.CLOSED,
    )
    query = (
        select(AgendaItem)
        .where(
            AgendaItem.commission_session_id.in_(closed),
            AgendaItem.dossier_id.is_(None),
            AgendaItem.fixed_at.is_(None),
            AgendaItem.id.not_in(later),
            or_(AgendaItem.is_recurring, AgendaItem.state == ItemState.POSTPONED),
        )
        .options(joinedload(AgendaItem.commission_session), joinedload(AgendaItem.dossier))
        .limit(WAITING_SHOWN)
    )
    return list(db.session.scalars(query))


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


def agreements_by_dossier(dossier_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, SharingAgreement]:
    """For each dossier the agreement not withdrawn that lasts longest; it may be over."""
    query = (
        select(SharingAgreement)
        .where(
            SharingAgreement.dossier_id.in_(dossier_ids),
            SharingAgreement.withdrawn_at.is_(None),
            SharingAgreement.given_on <= clock.today(),
        )
        .order_by(SharingAgreement.expires_on)
    )
    return {agreement.dossier_id: agreement for agreement in db.session.scalars(query)}


def next_session_after(day: CommissionSession) -> CommissionSession | None:
    """The territory's following day on the calendar, where something may be postponed to."""
    return next(iter(later_sessions(day)), None)


def later_sessions(day: CommissionSession) -> list[CommissionSession]:
    """The coming days of the territories that share this one, soonest first."""
    query = sessions_of(territory_ids_of(day)).where(
        CommissionSession.state.in_(UPCOMING), CommissionSession.starts_at > day.starts_at
    )
    return list(db.session.scalars(query.limit(8)))


def versions_of(day: CommissionSession) -> list[AgendaVersion]:
    """What was published of a day, newest first."""
    query = select(AgendaVersion).where(AgendaVersion.commission_session_id == day.id)
    return list(db.session.scalars(query.order_by(AgendaVersion.number.desc())))


def opinions_of(item: AgendaItem) -> list[WrittenOpinion]:
    """The written opinions on a point, with their structures."""
    query = (
        select(WrittenOpinion)
        .where(WrittenOpinion.agenda_item_id == item.id)
        .options(joinedload(WrittenOpinion.structure))
        .order_by(WrittenOpinion.created_at)
    )
    return list(db.session.scalars(query))
