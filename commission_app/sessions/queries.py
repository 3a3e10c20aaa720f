"""Doors and read models of the days of commission."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from commission_app.accounts.models import User
from commission_app.binomes.states import Competence
from commission_app.core import clock
from commission_app.core.db import db
from commission_app.core.errors import NotFoundError
from commission_app.core.french import duration, listed, plural, short_date
from commission_app.core.prepared import Prepared
from commission_app.dossiers.models import Dossier
from commission_app.sessions.agenda.models import AgendaItem, AgendaVersion
from commission_app.sessions.convening.models import Invitation
from commission_app.sessions.hours import day_of
from commission_app.sessions.members import competences_by_structure
from commission_app.sessions.models import CommissionSession, Facilitator
from commission_app.sessions.policies import sessions_seen, shared_by, sight_of
from commission_app.sessions.readiness import Check, Readiness
from commission_app.sessions.states import UPCOMING, Answer, ItemState, SessionState
from commission_app.territories.models import Territory

#: Answers are complete enough when nobody more than this share of the structures is silent.
ENOUGH_ANSWERS = 0.8


def get_session(actor: User, session_id: uuid.UUID) -> CommissionSession:
    """The day, with its territories and facilitators; what one may not see does not exist."""
    day: CommissionSession | None = _DAY(session_id=session_id, **sight_of(actor)).scalar_one_or_none()
    if day is None:
        raise NotFoundError()
    return day


def _day(*, session_id: Any, **sight: Any) -> Select[CommissionSession]:
    return whole(sessions_seen(**sight).where(CommissionSession.id == session_id))


_DAY = Prepared(_day)


def upcoming_session(territory_id: uuid.UUID) -> CommissionSession | None:
    """The territory's day under way, or else the next one on the calendar; None when none is published."""
    to_come = CommissionSession.state.in_(UPCOMING) & (CommissionSession.ends_at > clock.now())
    found = sessions_of([territory_id]).where(or_(CommissionSession.state == SessionState.LIVE, to_come))
    return db.session.scalar(found.limit(1))


def sessions_of(territory_ids: Iterable[uuid.UUID]) -> Select[CommissionSession]:
    """The days of these territories in order of date, for callers that checked who asks."""
    days = shared_by(set(territory_ids))
    return whole(days).order_by(CommissionSession.starts_at)


def all_territories() -> list[Territory]:
    """The territories that may share a day, by name."""
    return list(
        db.session.scalars(select(Territory).where(Territory.archived_on.is_(None)).order_by(Territory.name))
    )


def territory_ids_of(day: CommissionSession) -> set[uuid.UUID]:
    """Every territory that shares the day, the convening one included."""
    return {territory.id for territory in day.territories} | {day.territory_id}


def agenda_version(day: CommissionSession) -> int | None:
    """The number of the agenda as last published; None before."""
    return db.session.scalar(
        select(func.max(AgendaVersion.number)).where(AgendaVersion.commission_session_id == day.id)
    )


def invited_counts(day: CommissionSession) -> tuple[int, int]:
    """How many people of how many structures are invited."""
    people, structures = db.session.execute(
        select(func.count(), func.count(Invitation.structure_id.distinct())).where(
            Invitation.commission_session_id == day.id, Invitation.removed_at.is_(None)
        )
    ).one()
    return people, structures


def readiness_of(day: CommissionSession) -> Readiness:
    """What is ready for a day and what is missing, in the words of every page; three queries at most."""
    answers, points = _answers_by_structure(day), _points(day)
    return Readiness(
        convened=_convened(day, len(answers)),
        answers=_answered(answers),
        facilitators=_facilitated(day),
        agenda=_agenda(day, points),
        competences=_competences(day, answers, points.needed),
    )


def whole(query: Select[CommissionSession]) -> Select[CommissionSession]:
    """The same days with what every page shows of them: territories and facilitators."""
    return query.options(
        joinedload(CommissionSession.territory),
        selectinload(CommissionSession.territories),
        selectinload(CommissionSession.facilitators).joinedload(Facilitator.user).lazyload(User.memberships),
    )


def _answers_by_structure(day: CommissionSession) -> dict[uuid.UUID, set[Answer]]:
    found: dict[uuid.UUID, set[Answer]] = {}
    for structure_id, answer in _ANSWERS(day_id=day.id):
        found.setdefault(structure_id, set()).add(answer)
    return found


_ANSWERS = Prepared(
    lambda *, day_id: select(Invitation.structure_id, Invitation.answer).where(
        Invitation.commission_session_id == day_id, Invitation.removed_at.is_(None)
    )
)


def _convened(day: CommissionSession, structures: int) -> Check:
    if day.convened_at is None:
        return Check(False, "Convocation", "pas encore envoyée")
    return Check(True, "Convoquée", f"{plural(structures, 'structure')}, {short_date(day.convened_at)}")


def _answered(answers: dict[uuid.UUID, set[Answer]]) -> Check:
    if not answers:
        return Check(False, "Réponses", "personne n’est encore invité")
    count = sum(given != {Answer.NONE} for given in answers.values())
    return Check(count >= ENOUGH_ANSWERS * len(answers), "Réponses", f"{count} sur {len(answers)}")


def _facilitated(day: CommissionSession) -> Check:
    names = [f.user.structure_name or f.user.full_name for f in day.facilitators]
    if len(names) == 2:
        return Check(True, "Co-animation", listed(names))
    return Check(False, "Co-animation", "il manque une personne" if names else "à désigner")


@dataclass(frozen=True)
class _Points:
    """What the points of a day ask for together: minutes, competences; and the version last published."""

    minutes: int
    needed: set[str]
    version: int | None


def _points(day: CommissionSession) -> _Points:
    """One query, the day's own row included, so that a day without points still tells its version."""
    rows = _POINTS(day_id=day.id).all()
    return _Points(
        minutes=sum(minutes or 0 for _, minutes, _ in rows),
        needed={competence for _, _, needed in rows for competence in needed or ()},
        version=rows[0][0] if rows else None,
    )


def _points_of(*, day_id: Any) -> Select[Any]:
    version = select(func.max(AgendaVersion.number)).where(AgendaVersion.commission_session_id == day_id)
    kept = (AgendaItem.commission_session_id == CommissionSession.id) & (
        AgendaItem.state != ItemState.POSTPONED
    )
    return (
        select(version.scalar_subquery(), AgendaItem.planned_minutes, Dossier.needed)
        .select_from(CommissionSession)
        .outerjoin(AgendaItem, kept)
        .outerjoin(Dossier, Dossier.id == AgendaItem.dossier_id)
        .where(CommissionSession.id == day_id)
    )


_POINTS = Prepared(_points_of)


def _agenda(day: CommissionSession, points: _Points) -> Check:
    excess = points.minutes - int((day.ends_at - day.starts_at).total_seconds() // 60)
    words = [] if points.minutes else ["vide"]
    words += [f"{duration(excess)} de trop"] if excess > 0 else []
    words += [f"version {points.version} publiée"] if points.version else ["non publié"]
    return Check(bool(points.version and excess <= 0), "Ordre du jour", ", ".join(words))


def _competences(day: CommissionSession, answers: dict[uuid.UUID, set[Answer]], needed: set[str]) -> Check:
    if not needed:
        return Check(False, "Compétences", "aucune situation inscrite")
    brought = competences_by_structure(territory_ids_of(day), day_of(day))
    coming = {structure for structure, given in answers.items() if given & {Answer.PRESENT, Answer.REPLACED}}
    missing = needed - set().union(*(brought.get(structure, set()) for structure in coming))
    if not missing:
        return Check(True, "Compétences", "toutes seront là")
    labels = [competence.label.lower() for competence in Competence if competence.value in missing]
    return Check(False, "Compétences", f"{listed(labels)} à trouver")
