"""Urgent requests: doors, lists, and the relay as people read it."""

import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, selectinload
from sqlalchemy.orm.interfaces import ORMOption

from commission_app.accounts.models import User
from commission_app.accounts.states import Role
from commission_app.binomes.models import Binome, UrgentRelay, UrgentRequest
from commission_app.binomes.queries import plain_user
from commission_app.binomes.states import UrgentState
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


def running_requests(
    actor: User, territory_id: uuid.UUID | None = None, *, with_relay: bool = True
) -> list[UrgentRequest]:
    """What waits for somebody or is being dealt with, without answer first, the oldest first."""
    found = _RUNNING(
        actor_id=actor.id,
        coordinated=tuple(actor.territory_ids(Role.COORDINATOR)),
        territory_id=territory_id,
        with_relay=with_relay,
    )
    return list(found.scalars().unique())


def _running(
    *, actor_id: Any, coordinated: list[Any], territory_id: Any, with_relay: bool
) -> Select[UrgentRequest]:
    query = requests_concerning(actor_id, coordinated).where(UrgentRequest.state.in_(RUNNING))
    if territory_id is not None:
        query = query.where(UrgentRequest.territory_id == territory_id)
    ordered = query.order_by(UrgentRequest.state, UrgentRequest.asked_at).limit(LIST_SIZE)
    return ordered.options(*(whole() if with_relay else _line()))


_RUNNING = Prepared(_running)


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


def _line() -> tuple[ORMOption, ...]:
    """What a line about a request shows: the structure asked, and who took it up."""
    structure = joinedload(UrgentRequest.binome).load_only(Binome.structure_id).joinedload(Binome.structure)
    taker = joinedload(UrgentRequest.taken_by).load_only(User.first_name, User.last_name)
    return (
        structure.load_only(Structure.name),
        taker.lazyload(User.memberships),
        taker.lazyload(User.structure),
    )
