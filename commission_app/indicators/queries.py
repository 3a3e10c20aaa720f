"""The counts behind the figures, unmasked: only `report` reads them. A fixed number of queries."""

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    case,
    distinct,
    exists,
    extract,
    func,
    literal,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import aliased

from commission_app.binomes.models import Binome
from commission_app.core import clock
from commission_app.core.db import db
from commission_app.core.events import Event
from commission_app.dossiers.models import DiagnosisLine, Dossier
from commission_app.dossiers.states import DiagnosisItem, Level
from commission_app.followup.models import Action
from commission_app.followup.states import ActionState
from commission_app.indicators.periods import Period
from commission_app.offers.models import Offer, Prescription
from commission_app.offers.states import OfferState
from commission_app.sessions.day.models import Attendance
from commission_app.sessions.decisions.models import Decision
from commission_app.sessions.models import CommissionSession, session_territory
from commission_app.sessions.states import SOLVING_KINDS, DecisionKind, SessionState
from commission_app.territories.models import Structure, territory_structure

Ids = Collection[uuid.UUID]
Counted = Select[*tuple[Any, ...]]
SOLUTION, ORIENTED, NOT_YET = range(3)
#: From midnight of a day in UTC to the end of that day in metropolitan France, in winter.
END_OF_DAY = 23 * 3600


@dataclass(frozen=True)
class Held:
    """A session that was held, on one of its territories."""

    id: uuid.UUID
    territory_id: uuid.UUID
    starts_at: datetime


@dataclass(frozen=True)
class Decided:
    """How many situations a session decided with one outcome, on one territory; `seconds` add up the waits
    since submission of the `dated` ones."""

    territory_id: uuid.UUID
    session_id: uuid.UUID
    outcome: int
    count: int
    dated: int
    seconds: int


@dataclass(frozen=True)
class Acting:
    """A structure on a territory, and whether both places of its binôme there are filled."""

    id: uuid.UUID
    name: str
    territory_id: uuid.UUID
    has_binome: bool


@dataclass(frozen=True)
class Totals:
    """What one territory did in the period."""

    submitted: int = 0
    solved_before: int = 0
    actions: int = 0
    actions_in_time: int = 0
    offers_opened: int = 0


def held_sessions(territory_ids: Ids, limit: int = 5000) -> list[Held]:
    """The sessions held on these territories, once a territory, the newest first."""
    query = (
        select(CommissionSession.id, session_territory.c.territory_id, CommissionSession.starts_at)
        .join(session_territory, session_territory.c.commission_session_id == CommissionSession.id)
        .where(
            CommissionSession.state == SessionState.CLOSED,
            session_territory.c.territory_id.in_(territory_ids),
        )
        .order_by(CommissionSession.starts_at.desc())
        .limit(limit)
    )
    return [Held(*row) for row in db.session.execute(query)]


def decided(session_ids: Ids) -> list[Decided]:
    """Situations decided, by territory, session and outcome; a situation counts once a session, by its best
    decision; corrected decisions and postponements count nothing."""
    best = _best_decisions(session_ids).subquery()
    wait = best.c.decided - extract("epoch", Dossier.submitted_at)
    query = (
        select(
            Dossier.territory_id,
            best.c.session_id,
            best.c.outcome,
            func.count(),
            func.count().filter(wait >= 0),
            func.coalesce(func.sum(wait).filter(wait >= 0), 0),
        )
        .join(Dossier, Dossier.id == best.c.dossier_id)
        .group_by(Dossier.territory_id, best.c.session_id, best.c.outcome)
    )
    return [Decided(*row) for row in db.session.execute(query)]


def _best_decisions(session_ids: Ids) -> Counted:
    correction = aliased(Decision)
    outcome = case(
        (Decision.kind == DecisionKind.SOLUTION, SOLUTION),
        (Decision.kind.in_(SOLVING_KINDS), ORIENTED),
        else_=NOT_YET,
    )
    return (
        select(
            Decision.commission_session_id.label("session_id"),
            Decision.dossier_id.label("dossier_id"),
            func.min(outcome).label("outcome"),
            func.min(extract("epoch", Decision.decided_at)).label("decided"),
        )
        .where(
            Decision.commission_session_id.in_(session_ids),
            Decision.dossier_id.is_not(None),
            Decision.kind != DecisionKind.POSTPONED,
            ~exists().where(correction.replaces_id == Decision.id),
        )
        .group_by(Decision.commission_session_id, Decision.dossier_id)
    )


def totals_by_territory(territory_ids: Ids, period: Period) -> dict[uuid.UUID, Totals]:
    """Submissions, solutions before, actions and offers of the period, by territory: one query."""
    found: dict[uuid.UUID, dict[str, int]] = {one: {} for one in territory_ids}
    parts = union_all(
        _submitted(territory_ids, period),
        _solved_before(territory_ids, period),
        _actions(territory_ids, period),
        _actions(territory_ids, period, in_time=True),
        _offers_opened(territory_ids, period),
    )
    for name, territory_id, count in db.session.execute(parts):
        found[territory_id][name] = count
    return {one: Totals(**counts) for one, counts in found.items()}


def _submitted(ids: Ids, period: Period) -> Counted:
    query = select(literal("submitted"), Dossier.territory_id, func.count())
    return query.where(Dossier.territory_id.in_(ids), _within(Dossier.submitted_at, period)).group_by(
        Dossier.territory_id
    )


def _solved_before(ids: Ids, period: Period) -> Counted:
    query = select(literal("solved_before"), Event.territory_id, func.count(distinct(Event.subject_id)))
    return query.where(
        Event.name == "dossier_solved_before", Event.territory_id.in_(ids), _within(Event.at, period)
    ).group_by(Event.territory_id)


def _actions(ids: Ids, period: Period, *, in_time: bool = False) -> Counted:
    name = literal("actions_in_time" if in_time else "actions")
    query = select(name, Action.territory_id, func.count()).where(
        Action.territory_id.in_(ids),
        Action.due_on.between(period.first, period.last),
        Action.state != ActionState.DROPPED,
    )
    if in_time:
        end = extract("epoch", Action.due_on) + END_OF_DAY
        query = query.where(Action.state == ActionState.DONE, extract("epoch", Action.done_at) < end)
    return query.group_by(Action.territory_id)


def _offers_opened(ids: Ids, period: Period) -> Counted:
    query = select(literal("offers_opened"), Offer.territory_id, func.count())
    return query.where(
        Offer.territory_id.in_(ids),
        Offer.opened_on.between(period.first, period.last),
        Offer.inclusion_id == "",
    ).group_by(Offer.territory_id)


def presence(session_ids: Ids) -> dict[uuid.UUID, tuple[int, int]]:
    """For each structure that came: in how many sessions, how many different people."""
    query = (
        select(
            Attendance.structure_id,
            func.count(distinct(Attendance.commission_session_id)),
            func.count(distinct(Attendance.user_id)),
        )
        .where(Attendance.commission_session_id.in_(session_ids))
        .group_by(Attendance.structure_id)
    )
    return {row[0]: (row[1], row[2]) for row in db.session.execute(query)}


def structures(territory_ids: Ids) -> list[Acting]:
    """The structures that act on these territories, by name, and whether their binôme is complete there."""
    today = clock.today()
    complete = exists().where(
        Binome.structure_id == Structure.id,
        Binome.territory_id == territory_structure.c.territory_id,
        Binome.cadre_id.is_not(None),
        Binome.technicien_id.is_not(None),
        Binome.starts_on <= today,
        or_(Binome.ends_on.is_(None), Binome.ends_on >= today),
    )
    query = (
        select(Structure.id, Structure.name, territory_structure.c.territory_id, complete)
        .join(territory_structure, territory_structure.c.structure_id == Structure.id)
        .where(territory_structure.c.territory_id.in_(territory_ids), Structure.archived_on.is_(None))
        .order_by(Structure.name)
    )
    return [Acting(*row) for row in db.session.execute(query)]


def prescriptions(territory_ids: Ids, months: Sequence[date]) -> dict[tuple[uuid.UUID, date], int]:
    """Persons sent to the offers of these territories, by territory and month."""
    query = (
        select(Offer.territory_id, Prescription.month, func.sum(Prescription.count))
        .join(Offer, Offer.id == Prescription.offer_id)
        .where(Offer.territory_id.in_(territory_ids), Prescription.month.between(months[0], months[-1]))
        .group_by(Offer.territory_id, Prescription.month)
    )
    return {(row[0], row[1]): int(row[2]) for row in db.session.execute(query)}


def freins(territory_ids: Ids, period: Period) -> dict[tuple[DiagnosisItem, uuid.UUID], int]:
    """Situations submitted in the period that have a frein, by frein and territory."""
    query = (
        select(DiagnosisLine.item, Dossier.territory_id, func.count())
        .join(Dossier, Dossier.id == DiagnosisLine.dossier_id)
        .where(
            Dossier.territory_id.in_(territory_ids),
            _within(Dossier.submitted_at, period),
            DiagnosisLine.level == Level.FREIN,
        )
        .group_by(DiagnosisLine.item, Dossier.territory_id)
    )
    return {(row[0], row[1]): row[2] for row in db.session.execute(query)}


def answered_freins(territory_ids: Ids) -> set[tuple[str, uuid.UUID]]:
    """The freins that an open offer answers, with the territory."""
    query = select(Offer.freins, Offer.territory_id).where(
        Offer.territory_id.in_(territory_ids), Offer.state == OfferState.OPEN
    )
    return {(value, row[1]) for row in db.session.execute(query) for value in row[0]}


def _within(column: Any, period: Period) -> ColumnElement[bool]:
    inside: ColumnElement[bool] = (column >= period.starts_at) & (column < period.ends_at)
    return inside
