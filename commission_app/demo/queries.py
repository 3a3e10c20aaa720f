"""The people whom a visitor may be, grouped by where they act and as what."""

import uuid
from dataclasses import dataclass

from sqlalchemy import Select, select

from commission_app.accounts.models import User
from commission_app.accounts.states import Role
from commission_app.core.db import db
from commission_app.core.errors import NotFoundError
from commission_app.demo.cast.people import PEOPLE, TO_TRY
from commission_app.territories.models import Territory

#: As what a person is shown where several roles are held, and what there is to try without a hint of its own.
GROUPS = (
    (
        Role.COORDINATOR,
        "Coordination",
        "Lisez ce qui attend sur l’accueil, puis préparez la prochaine session.",
    ),
    (Role.REFERENT, "Référents d’étape", "Ouvrez vos dossiers et voyez où en est chacun."),
    (Role.PARTICIPANT, "Membres de la commission", "Répondez à la convocation et lisez l’ordre du jour."),
    (Role.PILOT, "Pilotage", "Lisez les indicateurs et les actions."),
    (Role.ADMINISTRATOR, "Administration", "Ouvrez un compte, rangez les territoires et les structures."),
)
_HINTS = {(one.first_name, one.last_name): TO_TRY.get(one.key, "") for one in PEOPLE}


@dataclass(frozen=True)
class Guise:
    """A person to be, with one sentence on what to try; `is_first` when the sentence is her own."""

    user: User
    hint: str
    is_first: bool


@dataclass(frozen=True)
class Group:
    """The people of one kind at one place; those with a sentence of their own come first."""

    label: str
    people: list[Guise]


@dataclass(frozen=True)
class Place:
    """A territory, or the whole département."""

    name: str
    groups: list[Group]


def demo_places() -> list[Place]:
    """Everybody of the demonstration, each person once: territories by name, then the département."""
    people = list(db.session.scalars(_people().order_by(User.first_name)).unique())
    territories = db.session.scalars(select(Territory).order_by(Territory.name))
    seen: set[uuid.UUID] = set()
    places = [Place(one.name, _groups(people, one.id, seen)) for one in territories]
    places.append(Place("Tout le département", _groups(people, None, seen)))
    return [place for place in places if place.groups]


def get_demo_person(user_id: uuid.UUID) -> User:
    """A person of the demonstration whose account is open; anybody else does not exist."""
    found = _people().where(User.id == user_id, User.closed_at.is_(None))
    user = db.session.scalars(found).unique().one_or_none()
    if user is None:
        raise NotFoundError()
    return user


def _people() -> Select[User]:
    return select(User).where(User.is_demo)


def _groups(people: list[User], territory_id: uuid.UUID | None, seen: set[uuid.UUID]) -> list[Group]:
    groups = []
    for role, label, hint in GROUPS:
        found = [user for user in people if user.id not in seen and _is(user, role, territory_id)]
        seen.update(user.id for user in found)
        guises = sorted((_guise(user, hint) for user in found), key=lambda guise: not guise.is_first)
        groups += [Group(label, guises)] if guises else []
    return groups


def _is(user: User, role: Role, territory_id: uuid.UUID | None) -> bool:
    return user.holds_everywhere(role) if territory_id is None else user.holds(role, territory_id)


def _guise(user: User, hint: str) -> Guise:
    own = _HINTS.get((user.first_name, user.last_name), "")
    return Guise(user, own or hint, bool(own))
