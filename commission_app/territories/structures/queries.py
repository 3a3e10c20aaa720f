"""Doors and lists of structures."""

import uuid

from sqlalchemy.orm import joinedload, selectinload

from commission_app.core.db import db
from commission_app.core.errors import NotFoundError
from commission_app.core.pages import Page, paginate
from commission_app.territories.models import Structure, Territory
from commission_app.territories.names import folded
from commission_app.territories.policies import Actor, visible_structures
from commission_app.territories.states import StructureKind


def get_structure(actor: Actor, structure_id: uuid.UUID) -> Structure:
    """One structure; raises NotFoundError for who may not manage them."""
    structure = db.session.scalar(visible_structures(actor).where(Structure.id == structure_id))
    if structure is None:
        raise NotFoundError()
    return structure


def list_structures(
    actor: Actor,
    *,
    words: str = "",
    kind: StructureKind | None = None,
    territory_id: uuid.UUID | None = None,
    archived: bool = False,
    number: int = 1,
) -> Page[Structure]:
    """One page of the structures that fit, by name."""
    query = visible_structures(actor).options(
        joinedload(Structure.commune), selectinload(Structure.territories)
    )
    query = query.where(*(Structure.search.contains(one, autoescape=True) for one in folded(words).split()))
    if kind is not None:
        query = query.where(Structure.kind == kind)
    if territory_id is not None:
        query = query.where(Structure.territories.any(Territory.id == territory_id))
    is_kept = Structure.archived_on.is_(None)
    query = query.where(~is_kept if archived else is_kept)
    return paginate(query.order_by(Structure.search, Structure.id), number=number)
