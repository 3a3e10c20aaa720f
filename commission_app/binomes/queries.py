"""Who to call on a territory today, absences and stand-ins included."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import InstrumentedAttribute, joinedload
from sqlalchemy.orm.interfaces import ORMOption
from sqlalchemy.orm.strategy_options import _AbstractLoad

from commission_app.accounts.models import Membership, User
from commission_app.binomes.models import Absence, Binome
from commission_app.binomes.policies import MEMBERS, visible_binomes
from commission_app.binomes.states import Competence
from commission_app.core import clock
from commission_app.core.db import db
from commission_app.core.errors import NotFoundError
from commission_app.core.search import folded
from commission_app.territories.models import Structure, Territory

STAND_IN_STEPS = 3


@dataclass(frozen=True)
class Duty:
    """One place of a pair today: who holds it, who is to be called. `absence` says until when and why not the
    holder."""

    holder: User | None
    absence: Absence | None = None
    on_call: User | None = None

    @property
    def stands_in(self) -> bool:
        """Whether somebody else answers for the holder."""
        return self.on_call is not None and self.on_call is not self.holder

    @property
    def phone(self) -> str:
        """The number to call, or ''."""
        return self.on_call.phone if self.on_call else ""


@dataclass(frozen=True)
class Pair:
    """A structure's line in the directory."""

    binome: Binome
    cadre: Duty
    technicien: Duty

    @property
    def competences(self) -> list[str]:
        """What the structure brings, in words."""
        known = dict(Competence.choices())
        return [known[value] for value in self.binome.competences if value in known]

    @property
    def words(self) -> str:
        """What a search looks at."""
        people = [person.full_name for person in (self.cadre.holder, self.technicien.holder) if person]
        return folded(" ".join([self.binome.structure.name, *people, *self.competences]))


def directory(territory_id: uuid.UUID, *, text: str = "", competence: str = "") -> list[Pair]:
    """The pairs that hold today on a territory, by structure: two queries whatever their number."""
    query = select(Binome).where(Binome.territory_id == territory_id, Binome.current())
    ordered = query.join(Binome.structure).order_by(Structure.name, Binome.starts_on)
    binomes = list(db.session.scalars(ordered.options(*with_people())).unique())
    pairs = with_duties(binomes)
    wanted = folded(text)
    return [
        pair
        for pair in pairs
        if wanted in pair.words and (not competence or competence in pair.binome.competences)
    ]


def with_duties(binomes: Iterable[Binome], day: date | None = None) -> list[Pair]:
    """The same pairs with who is to be called on a day, today unless told otherwise."""
    listed = list(binomes)
    people = {person.id for one in listed for person in (one.cadre, one.technicien) if person}
    away = absences_on(people, day)
    return [Pair(one, duty_of(one.cadre, away), duty_of(one.technicien, away)) for one in listed]


def duty_of(person: User | None, away: dict[uuid.UUID, Absence]) -> Duty:
    """Who is to be called for a person, given the absences of the day; nobody when no stand-in is there, or
    when the account of who should be called is closed."""
    if person is None:
        return Duty(None)
    absence = away.get(person.id)
    on_call: User | None = person
    for _ in range(STAND_IN_STEPS):
        if on_call is None or not on_call.is_active:
            return Duty(person, absence, None)
        if on_call.id not in away:
            return Duty(person, absence, on_call)
        on_call = away[on_call.id].stand_in
    return Duty(person, absence, None)


def absences_on(people: Iterable[uuid.UUID], day: date | None = None) -> dict[uuid.UUID, Absence]:
    """The absence of each of these people on a day, and those of their stand-ins."""
    day = day or clock.today()
    on_day = (Absence.starts_on <= day) & (Absence.ends_on >= day)
    wanted = list(people)
    stand_ins = select(Absence.stand_in_id).where(on_day, Absence.user_id.in_(wanted))
    query = (
        select(Absence)
        .where(on_day, Absence.user_id.in_(wanted) | Absence.user_id.in_(stand_ins))
        .options(plain_user(Absence.stand_in))
        .order_by(Absence.ends_on)
    )
    return {absence.user_id: absence for absence in db.session.scalars(query).unique()}


def structures_without_pair(territory_id: uuid.UUID) -> list[Structure]:
    """The structures of a territory that have named nobody."""
    held = select(Binome.structure_id).where(Binome.territory_id == territory_id, Binome.current())
    query = (
        select(Structure)
        .join(Structure.territories)
        .where(Territory.id == territory_id, Structure.archived_on.is_(None), Structure.id.not_in(held))
        .order_by(Structure.name)
    )
    return list(db.session.scalars(query))


def get_binome(actor: User, binome_id: uuid.UUID) -> Binome:
    """One pair with its people; raises NotFoundError when the actor may not read it."""
    binome = db.session.scalars(
        visible_binomes(actor).where(Binome.id == binome_id).options(*with_people())
    ).one_or_none()
    if binome is None:
        raise NotFoundError()
    return binome


def current_binome(territory_id: uuid.UUID, structure_id: uuid.UUID) -> Binome | None:
    """The pair of a structure on a territory today."""
    query = select(Binome).where(
        Binome.territory_id == territory_id, Binome.structure_id == structure_id, Binome.current()
    )
    return db.session.scalars(query.options(*with_people()).limit(1)).one_or_none()


def people_of_structure(structure_id: uuid.UUID, territory_id: uuid.UUID) -> list[User]:
    """Whom a structure may name on a territory: its people who act there, by name."""
    acts_there = User.memberships.any(
        (Membership.territory_id == territory_id) & Membership.held_today(*MEMBERS)
    )
    query = _people().where(User.structure_id == structure_id, acts_there)
    return list(db.session.scalars(query).unique())


def _people() -> Select[User]:
    return select(User).where(User.closed_at.is_(None)).order_by(User.last_name, User.first_name)


def with_people() -> tuple[ORMOption, ...]:
    """What a line of the directory shows, in one query."""
    return (joinedload(Binome.structure), plain_user(Binome.cadre), plain_user(Binome.technicien))


def plain_user(attribute: InstrumentedAttribute[Any]) -> _AbstractLoad:
    """A person's row with the structure, without the roles."""
    return joinedload(attribute).lazyload(User.memberships)
