"""Doors and lists of territories and communes."""

import uuid
from collections.abc import Iterable

from sqlalchemy import Row, func, or_, select
from sqlalchemy.orm import selectinload

from commission_app.core.db import db
from commission_app.core.errors import NotFoundError
from commission_app.territories.models import Commune, Territory, territory_commune, territory_structure
from commission_app.territories.names import folded
from commission_app.territories.policies import Actor, visible_territories

FOUND_AT_MOST = 12


def get_territory(actor: Actor, territory_id: uuid.UUID) -> Territory:
    """One territory with its communes and structures; raises NotFoundError for who may not manage them."""
    whole = (selectinload(Territory.communes), selectinload(Territory.structures))
    query = visible_territories(actor).where(Territory.id == territory_id).options(*whole)
    territory = db.session.scalar(query)
    if territory is None:
        raise NotFoundError()
    return territory


def list_territories(actor: Actor) -> list[Row[tuple[Territory, int, int]]]:
    """Each territory with its number of communes and of structures, by name."""
    communes = select(func.count()).where(territory_commune.c.territory_id == Territory.id)
    structures = select(func.count()).where(territory_structure.c.territory_id == Territory.id)
    counts = (communes.scalar_subquery(), structures.scalar_subquery())
    query = visible_territories(actor).add_columns(*counts)
    return list(db.session.execute(query.order_by(Territory.archived_on.is_not(None), Territory.name)))


def territory_choices(actor: Actor) -> list[Territory]:
    """The territories in use, by name."""
    query = visible_territories(actor).where(Territory.archived_on.is_(None))
    return list(db.session.scalars(query.order_by(Territory.name)))


def search_communes(words: str, *, but: Territory | None = None) -> list[Commune]:
    """Communes by name, INSEE code or postal code, the closest names first; some at most.

    Those of a territory may be left out.
    """
    wanted = folded(words)
    if len(wanted) < 2:
        return []
    named = Commune.search.contains(wanted, autoescape=True)
    query = select(Commune).where(or_(named, Commune.insee.startswith(wanted.upper(), autoescape=True)))
    if but is not None:
        taken = select(territory_commune.c.insee).where(territory_commune.c.territory_id == but.id)
        query = query.where(Commune.insee.not_in(taken))
    begins = Commune.search.startswith(wanted, autoescape=True)
    return list(db.session.scalars(query.order_by(~begins, Commune.search).limit(FOUND_AT_MOST)))


def get_commune(insee: str) -> Commune:
    """A commune by its INSEE code; raises NotFoundError when there is none."""
    commune = db.session.get(Commune, insee)
    if commune is None:
        raise NotFoundError()
    return commune


def commune_choices() -> list[Commune]:
    """Every commune known, by name."""
    return list(db.session.scalars(select(Commune).order_by(Commune.search)))


def communes_by_code(codes: Iterable[str]) -> dict[str, Commune]:
    """The communes behind INSEE codes; unknown codes are absent."""
    wanted = set(codes)
    return {one.insee: one for one in db.session.scalars(select(Commune).where(Commune.insee.in_(wanted)))}


def territories_by_code() -> dict[str, Territory]:
    """Every territory in use under its three letters, communes and structures loaded."""
    whole = (selectinload(Territory.communes), selectinload(Territory.structures))
    query = select(Territory).where(Territory.archived_on.is_(None)).options(*whole)
    return {one.code: one for one in db.session.scalars(query)}
