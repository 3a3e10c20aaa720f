"""Doors and read models of a day's agenda."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import joinedload, lazyload

from commission_app.accounts.models import User
from commission_app.binomes.models import Binome
from commission_app.binomes.states import Competence
from commission_app.core import clock
from commission_app.core.db import db
from commission_app.core.errors import NotFoundError
from commission_app.core.prepared import Prepared
from commission_app.dossiers.agreement.models import SharingAgreement
from commission_app.sessions.agenda import schedule
from commission_app.sessions.agenda.coverage import Presence, missing_of, needed_by
from commission_app.sessions.agenda.models import AgendaItem, AgendaVersion, WrittenOpinion
from commission_app.sessions.agenda.policies import can_compose_agenda, can_read_agenda
from commission_app.sessions.convening.models import Invitation
from commission_app.sessions.models import CommissionSession
from commission_app.sessions.policies import shared_by, visible_sessions
from commission_app.sessions.queries import get_session
from commission_app.sessions.states import UPCOMING, Answer

schedule_of = schedule.schedule_of

_COMES = (Answer.PRESENT, Answer.REPLACED)


def items_of(day: CommissionSession) -> list[AgendaItem]:
    """The points of a day in order, with what their names and remarks need."""
    query = _items(day.id).order_by(AgendaItem.position, AgendaItem.id)
    return list(db.session.scalars(query).unique())


def get_item(actor: User, day: CommissionSession, item_id: uuid.UUID) -> AgendaItem:
    """One point of a day that the actor was allowed to open; raises NotFoundError for another day's."""
    item = db.session.scalars(_items(day.id).where(AgendaItem.id == item_id)).unique().one_or_none()
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
            joinedload(AgendaItem.opinions),
        )
    )


@dataclass(frozen=True)
class Placed:
    """A point with the day on which the agreement of its dossier ends; None when no agreement was given."""

    item: AgendaItem
    agreed_until: date | None


def placed_items(day: CommissionSession) -> list[Placed]:
    """The points of a day in order, each with the end of its agreement, read at once."""
    ends = (
        select(func.max(SharingAgreement.expires_on))
        .where(
            SharingAgreement.dossier_id == AgendaItem.dossier_id,
            SharingAgreement.withdrawn_at.is_(None),
            SharingAgreement.given_on <= clock.today(),
        )
        .scalar_subquery()
    )
    query = _items(day.id).add_columns(ends).order_by(AgendaItem.position, AgendaItem.id)
    return [Placed(item, until) for item, until in db.session.execute(query).unique()]


def get_composable_session(actor: User, session_id: uuid.UUID) -> CommissionSession:
    """The day for who composes its agenda; raises NotFoundError for anybody else."""
    query = (
        visible_sessions(actor)
        .where(CommissionSession.id == session_id)
        .options(joinedload(CommissionSession.territory), joinedload(CommissionSession.territories))
    )
    day = db.session.scalars(query).unique().one_or_none()
    if day is None or not can_compose_agenda(actor, day):
        raise NotFoundError()
    return day


@dataclass(frozen=True)
class Table:
    """Who is invited: how many, who comes when with which competences, what each structure could bring."""

    people: int = 0
    presences: list[Presence] = field(default_factory=list)
    competences: dict[uuid.UUID, frozenset[Competence]] = field(default_factory=dict)

    def written_for(self, item: AgendaItem) -> frozenset[Competence]:
        """The competences on which a written opinion was received for a point."""
        found = (self.competences.get(opinion.structure_id, frozenset()) for opinion in item.opinions)
        return frozenset().union(*found)

    @property
    def structures(self) -> int:
        """How many structures are invited."""
        return len(self.competences)


def table_of(day: CommissionSession) -> Table:
    """The people invited and their answers, with the competences of their structures on these territories."""
    on = clock.local(day.starts_at).date()
    is_current = and_(
        Binome.structure_id == Invitation.structure_id,
        Binome.territory_id.in_(territory_ids_of(day)),
        Binome.starts_on <= on,
        or_(Binome.ends_on.is_(None), Binome.ends_on >= on),
    )
    query = (
        select(Invitation, Binome.competences)
        .outerjoin(Binome, is_current)
        .where(Invitation.commission_session_id == day.id, Invitation.removed_at.is_(None))
        .options(joinedload(Invitation.structure))
    )
    invited: dict[uuid.UUID, Invitation] = {}
    competences: dict[uuid.UUID, frozenset[Competence]] = {}
    for invitation, values in db.session.execute(query):
        invited[invitation.id] = invitation
        brought = competences.get(invitation.structure_id, frozenset())
        competences[invitation.structure_id] = brought | frozenset(map(Competence, values or ()))
    coming = [one for one in invited.values() if one.answer in _COMES]
    return Table(len(invited), [_presence(one, competences) for one in coming], competences)


def _presence(invitation: Invitation, competences: dict[uuid.UUID, frozenset[Competence]]) -> Presence:
    return Presence(
        structure_id=invitation.structure_id,
        structure_name=invitation.structure.name,
        competences=competences[invitation.structure_id],
        from_time=invitation.from_time,
        until_time=invitation.until_time,
    )


def missing_competences(
    item: AgendaItem, table: Table, slot: schedule.Slot | None = None
) -> list[Competence]:
    """The competences that a point needs and nobody brings who is there then, nor answered in writing."""
    return missing_of(needed_by(item.dossier), table.presences, slot, table.written_for(item))


def territory_ids_of(day: CommissionSession) -> set[uuid.UUID]:
    """The territories that share a day."""
    return {territory.id for territory in day.territories} | {day.territory_id}


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
    """The following day on the calendar of its territories, where something may be postponed to."""
    return next(iter(later_sessions(day, limit=1)), None)


def later_sessions(day: CommissionSession, limit: int = 8) -> list[CommissionSession]:
    """The coming days of the territories that share this one, soonest first."""
    query = shared_by(territory_ids_of(day)).where(
        CommissionSession.state.in_(UPCOMING), CommissionSession.starts_at > day.starts_at
    )
    return list(db.session.scalars(query.order_by(CommissionSession.starts_at).limit(limit)))


def versions_of(day: CommissionSession) -> list[AgendaVersion]:
    """What was published of a day, newest first."""
    query = select(AgendaVersion).where(AgendaVersion.commission_session_id == day.id)
    return list(db.session.scalars(query.order_by(AgendaVersion.number.desc())))


def opinions_of(item: AgendaItem) -> list[WrittenOpinion]:
    """The written opinions on a point, with their structures."""
    return list(_OPINIONS(item_id=item.id).scalars())


_OPINIONS = Prepared(
    lambda *, item_id: (
        select(WrittenOpinion)
        .where(WrittenOpinion.agenda_item_id == item_id)
        .options(joinedload(WrittenOpinion.structure))
        .order_by(WrittenOpinion.created_at)
    )
)
