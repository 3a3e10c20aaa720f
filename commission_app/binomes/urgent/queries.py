"""Urgent requests: doors, lists, and the relay as people read it."""

import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, selectinload
from sqlalchemy.orm.interfaces import ORMOption

from commission_app.accounts.models import User
from commission_app.accounts.states import Role
from commission_app.binomes.models import Binome, UrgentRelay, UrgentRequest
from commission_app.binomes.queries import plain_user
from commission_app.binomes.states import UrgentLevel, UrgentState
from commission_app.binomes.urgent.policies import requests_concerning, visible_requests
from commission_app.core import clock
from commission_app.core.db import db
from commission_app.core.errors import NotFoundError
from commission_app.core.prepared import Prepared
from commission_app.territories.models import Structure

RUNNING = (UrgentState.ASKED, UrgentState.TAKEN)
LIST_SIZE = 5


@dataclass(frozen=True)
class OwnDossier:
    """A dossier that a request may name: the identifier, and the code that others see."""

    id: uuid.UUID
    code: str


DossierSource = Callable[[User], list[OwnDossier]]
_sources: list[DossierSource] = []


def offer_dossiers(source: DossierSource) -> DossierSource:
    """Register what lists a person's own dossiers: the feature that keeps them stands above this one."""
    _sources[:] = [source]
    return source


def own_dossiers(actor: User) -> list[OwnDossier]:
    """The dossiers that the actor may name in a request."""
    return [dossier for source in _sources for dossier in source(actor)]


@dataclass(frozen=True)
class UrgentLine:
    """A request in a line: what is asked, of which structure, and who took it up."""

    id: uuid.UUID
    title: str
    state: UrgentState
    level: UrgentLevel
    asked_at: datetime
    escalates_at: datetime | None
    structure: str
    taker_first_name: str | None
    taker_last_name: str | None

    @classmethod
    def of(cls, request: UrgentRequest, structure: str, *taker: str | None) -> "UrgentLine":
        """A request with the names of the structure and of who took it up."""
        return cls(
            request.id,
            request.title,
            request.state,
            request.level,
            request.asked_at,
            request.escalates_at,
            structure,
            *taker,
        )

    @property
    def taker(self) -> str:
        """Who took it up, or ''."""
        return " ".join(filter(None, (self.taker_first_name, self.taker_last_name)))


def running_requests(actor: User, territory_id: uuid.UUID) -> list[UrgentRequest]:
    """What waits for somebody or is being dealt with, without answer first, the oldest first."""
    found = _RUNNING(**_concerned(actor), territory_id=territory_id)
    return list(found.scalars().unique())


def running_lines(actor: User) -> list[UrgentLine]:
    """The same of every territory, each in a line."""
    found = _LINES(**_concerned(actor)).all()
    return [UrgentLine.of(*row) for row in found]


def _concerned(actor: User) -> dict[str, Any]:
    return {"actor_id": actor.id, "coordinated": tuple(actor.territory_ids(Role.COORDINATOR))}


def _first_running(actor_id: Any, coordinated: list[Any]) -> Select[UrgentRequest]:
    running = requests_concerning(actor_id, coordinated).where(UrgentRequest.state.in_(RUNNING))
    return running.order_by(UrgentRequest.state, UrgentRequest.asked_at).limit(LIST_SIZE)


def _running(*, actor_id: Any, coordinated: list[Any], territory_id: Any) -> Select[UrgentRequest]:
    here = UrgentRequest.territory_id == territory_id
    return _first_running(actor_id, coordinated).where(here).options(*whole())


def _lines(*, actor_id: Any, coordinated: list[Any]) -> Select[Any]:
    shown: tuple[Any, ...] = (UrgentRequest, Structure.name, User.first_name, User.last_name)
    joined = (
        _first_running(actor_id, coordinated)
        .join(Binome, UrgentRequest.binome_id == Binome.id)
        .join(Structure, Binome.structure_id == Structure.id)
        .outerjoin(User, UrgentRequest.taken_by_id == User.id)
    )
    return joined.with_only_columns(*shown)


_RUNNING = Prepared(_running)
_LINES = Prepared(_lines)


def all_requests(actor: User) -> Select[UrgentRequest]:
    """Every request that the actor may read, the latest first."""
    return visible_requests(actor).order_by(UrgentRequest.asked_at.desc()).options(*whole())


def get_request(actor: User, request_id: uuid.UUID) -> UrgentRequest:
    """One request with its relay; raises NotFoundError when the actor may not read it."""
    query = visible_requests(actor).where(UrgentRequest.id == request_id).options(*whole())
    request = db.session.scalars(query).unique().one_or_none()
    if request is None:
        raise NotFoundError()
    return request


def overdue_ids() -> list[uuid.UUID]:
    """Requests that nobody took up in their delay."""
    query = select(UrgentRequest.id).where(
        UrgentRequest.state == UrgentState.ASKED, UrgentRequest.escalates_at <= clock.now()
    )
    return list(db.session.scalars(query.order_by(UrgentRequest.escalates_at).limit(LIST_SIZE * 20)))


def locked(request_ids: Iterable[uuid.UUID]) -> Select[UrgentRequest]:
    """These requests as they are now, held until the transaction ends (SQLite has one writer anyway)."""
    return (
        select(UrgentRequest)
        .where(UrgentRequest.id.in_(list(request_ids)))
        .with_for_update()
        .execution_options(populate_existing=True)
    )


def whole() -> tuple[ORMOption, ...]:
    """What the page of a request shows."""
    pair = joinedload(UrgentRequest.binome)
    return (
        pair.joinedload(Binome.structure),
        pair.options(plain_user(Binome.cadre), plain_user(Binome.technicien)),
        plain_user(UrgentRequest.author),
        plain_user(UrgentRequest.taken_by),
        selectinload(UrgentRequest.relays).options(plain_user(UrgentRelay.asked)),
    )
