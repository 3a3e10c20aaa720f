"""Who sits in a commission: each structure's cadre and technicien on a territory, on a day."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import joinedload

from commission_app.accounts.models import User
from commission_app.binomes.models import Binome
from commission_app.core.db import db
from commission_app.territories.models import Structure


@dataclass(frozen=True)
class Member:
    """A person who sits for a structure, and in which place."""

    user: User
    structure: Structure
    place: str


def members_of(territory_ids: Iterable[uuid.UUID], on: date) -> list[Member]:
    """The cadre and the technicien of each binôme that holds on that day, each person once, by structure.

    Closed accounts are left out.
    """
    binomes = db.session.scalars(
        _binomes(territory_ids, on).options(
            joinedload(Binome.structure),
            joinedload(Binome.cadre).lazyload(User.memberships),
            joinedload(Binome.technicien).lazyload(User.memberships),
        )
    ).unique()
    found: dict[uuid.UUID, Member] = {}
    for binome in sorted(binomes, key=lambda binome: (binome.structure.search, binome.structure.name)):
        for user, place in ((binome.cadre, "Cadre"), (binome.technicien, "Technicien")):
            if user is not None and user.is_active:
                found.setdefault(user.id, Member(user, binome.structure, place))
    return list(found.values())


def member_ids(territory_ids: Iterable[uuid.UUID], on: date) -> dict[uuid.UUID, set[uuid.UUID]]:
    """The people who sit on each of these territories on that day: identifiers alone."""
    found: dict[uuid.UUID, set[uuid.UUID]] = {}
    columns = (Binome.territory_id, Binome.cadre_id, Binome.technicien_id)
    for territory_id, *people in db.session.execute(_binomes(territory_ids, on).with_only_columns(*columns)):
        found.setdefault(territory_id, set()).update(person for person in people if person is not None)
    return found


def competences_by_structure(territory_ids: Iterable[uuid.UUID], on: date) -> dict[uuid.UUID, set[str]]:
    """What each structure brings on these territories on that day."""
    found: dict[uuid.UUID, set[str]] = {}
    query = _binomes(territory_ids, on).with_only_columns(Binome.structure_id, Binome.competences)
    for structure_id, competences in db.session.execute(query):
        found.setdefault(structure_id, set()).update(competences)
    return found


def _binomes(territory_ids: Iterable[uuid.UUID], on: date) -> Select[Binome]:
    return select(Binome).where(
        Binome.territory_id.in_(list(territory_ids)),
        Binome.starts_on <= on,
        or_(Binome.ends_on.is_(None), Binome.ends_on >= on),
    )
