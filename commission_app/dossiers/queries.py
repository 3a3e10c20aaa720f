"""Doors and read models of the dossiers."""

import uuid
from collections.abc import Collection
from typing import Any

from sqlalchemy import Result, Select, exists, select
from sqlalchemy.orm import joinedload, lazyload, selectinload

from commission_app.accounts.models import User
from commission_app.core.db import db
from commission_app.core.errors import NotFoundError
from commission_app.core.prepared import Prepared
from commission_app.dossiers.agreement.queries import holding, informed
from commission_app.dossiers.completeness import PartCheck, PersonFacts, check_parts
from commission_app.dossiers.history import history_of
from commission_app.dossiers.models import Dossier, Exchange, Person, Remark
from commission_app.dossiers.policies import dossiers_seen, sight_of, visible_dossiers
from commission_app.dossiers.presentation import Presentation, presentation_of
from commission_app.dossiers.states import DossierState

__all__ = [
    "Presentation", "checked_parts", "get_dossier", "get_dossier_to_change", "history_of",
    "presentation_of", "retained_dossiers", "visible_dossiers",
]  # fmt: skip

_NAMED = (lazyload(User.memberships), lazyload(User.structure))
#: What every page of a dossier says: who accompanies, where.
HEAD = (
    joinedload(Dossier.commune),
    joinedload(Dossier.structure),
    joinedload(Dossier.referent).options(*_NAMED),
)
#: Remarks and talks with who wrote them, for the pages that show them.
_TALKS = (
    selectinload(Dossier.remarks).options(joinedload(Remark.author).options(*_NAMED)),
    selectinload(Dossier.exchanges).options(joinedload(Exchange.author).options(*_NAMED)),
)


def get_dossier(actor: User, dossier_id: uuid.UUID, *, with_talks: bool = False) -> Dossier:
    """One dossier that the actor may see; raises NotFoundError otherwise."""
    read = _WITH_TALKS if with_talks else _ALONE
    return _only(read(dossier_id=dossier_id, **sight_of(actor)))


def get_dossier_to_change(actor: User, dossier_id: uuid.UUID) -> Dossier:
    """The same door for an act: who comes second waits and then sees what the first one wrote."""
    return _only(_TO_CHANGE(dossier_id=dossier_id, **sight_of(actor)))


def _seen(*, dossier_id: Any, **sight: Any) -> Select[Dossier]:
    return dossiers_seen(**sight).where(Dossier.id == dossier_id).options(*HEAD)


def _seen_with_talks(**given: Any) -> Select[Dossier]:
    return _seen(**given).options(*_TALKS)


def _seen_to_change(*, dossier_id: Any, **sight: Any) -> Select[Dossier]:
    found = dossiers_seen(**sight).where(Dossier.id == dossier_id).with_for_update(of=Dossier)
    return found.execution_options(populate_existing=True)


_ALONE, _WITH_TALKS, _TO_CHANGE = Prepared(_seen), Prepared(_seen_with_talks), Prepared(_seen_to_change)


def _only(found: Result[*tuple[Any, ...]]) -> Dossier:
    dossier: Dossier | None = found.scalar_one_or_none()
    if dossier is None:
        raise NotFoundError()
    return dossier


def retained_dossiers(territory_ids: Collection[uuid.UUID]) -> list[Dossier]:
    """The dossiers of these territories that wait for a place on an agenda, the longest waiting first."""
    return list(
        db.session.scalars(
            select(Dossier)
            .where(Dossier.territory_id.in_(territory_ids), Dossier.state == DossierState.RETAINED)
            .options(
                joinedload(Dossier.commune), selectinload(Dossier.referent), joinedload(Dossier.structure)
            )
            .order_by(Dossier.state_since)
        ).unique()
    )


def checked_parts(dossier: Dossier) -> list[PartCheck]:
    """The seven parts with how far each is and what is missing; who the person is stays unread."""
    written = (Person.first_name.is_written, Person.last_name.is_written)
    named = exists().where(Person.dossier_id == dossier.id, *written)
    is_named, told, agreed = db.session.execute(
        select(named, informed(dossier.id), holding(dossier.id))
    ).one()
    return check_parts(dossier, PersonFacts(bool(is_named), bool(told), bool(agreed)))
