"""What the pilotage reads first: territories side by side, problems sent up; no person, no dossier."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ScalarSelect, func, or_, select

from commission_app.core.prepared import NOW
from commission_app.followup.models import Action, Remontee
from commission_app.followup.queries import is_late, is_open
from commission_app.followup.states import RemonteeState
from commission_app.home.counts import Count, counted
from commission_app.home.tasks import Task
from commission_app.sessions.models import CommissionSession, session_territory
from commission_app.sessions.states import UPCOMING
from commission_app.territories.models import Territory

WAITING = (RemonteeState.SENT, RemonteeState.STUDIED)
TERRITORIES_SHOWN = 12


@dataclass(frozen=True)
class TerritoryLine:
    """A territory at a glance."""

    territory: Territory
    next_at: datetime | None
    open_actions: Count
    late_actions: Count


def figures(territory_ids: Sequence[Any]) -> dict[str, ScalarSelect[Any]]:
    """The counts of each territory and of what waits for the département, to be read in one statement."""
    waiting = select(Remontee).where(
        Remontee.territory_id.in_(territory_ids), Remontee.state.in_(WAITING), Remontee.text.is_written
    )
    parts: dict[str, ScalarSelect[Any]] = {"remontees": counted(waiting)}
    for place, territory_id in enumerate(territory_ids[:TERRITORIES_SHOWN]):
        ours = select(Action).where(Action.territory_id == territory_id)
        parts[f"open_{place}"] = counted(ours.where(is_open()))
        parts[f"late_{place}"] = counted(ours.where(is_late()))
        parts[f"next_{place}"] = _next_at(territory_id)
    return parts


def lines_of(territories: Sequence[Territory], read: dict[str, object]) -> list[TerritoryLine]:
    """The territories with their figures."""
    return [_line(territory, place, read) for place, territory in enumerate(territories[:TERRITORIES_SHOWN])]


def tasks_of(read: dict[str, object]) -> list[Task]:
    """The problems that wait for an answer of the département."""
    count = Count(int(str(read.get("remontees") or 0)))
    task = Task(
        count, "Remontées sans réponse", "Les territoires attendent le Département", "remontees.index"
    )
    return [task] if count else []


def _line(territory: Territory, place: int, read: dict[str, object]) -> TerritoryLine:
    next_at = read.get(f"next_{place}")
    return TerritoryLine(
        territory,
        next_at if isinstance(next_at, datetime) else None,
        Count(int(str(read.get(f"open_{place}") or 0))),
        Count(int(str(read.get(f"late_{place}") or 0))),
    )


def _next_at(territory_id: Any) -> ScalarSelect[Any]:
    shared = select(session_territory.c.commission_session_id).where(
        session_territory.c.territory_id == territory_id
    )
    ours = or_(CommissionSession.territory_id == territory_id, CommissionSession.id.in_(shared))
    return (
        select(func.min(CommissionSession.starts_at))
        .where(ours, CommissionSession.state.in_(UPCOMING), CommissionSession.ends_at > NOW)
        .scalar_subquery()
    )
