"""The table of rights: who is let through by each guard asked by itself, written by hand.

`tests/security/rows` says what each address answers, where several guards stand one behind the other; here
each one answers alone, so that none of them leans on the next.

A file a feature in `tests/security/rights`: a list `RIGHTS` and, if needed, a dict `OBJECTS` as in the rows.
- `right(guard, "dossier", yes={…})`: the guard asked by each of `PEOPLE` about objects of the world; `yes`
  names those it lets through. `"arles.id"` is an attribute of an object; what is no text stands as it is.
- `scope(query, "dossier", yes={…})`: whose list holds the object.
- `fact(guard, ask, note="…")`: what is true of a guard that is asked by nobody in particular.
"""

import importlib
from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import inspect

from commission_app.accounts.states import Role
from commission_app.core import clock
from commission_app.core.db import commit, db
from tests.factories import grant, make_user
from tests.security.matrix import ACTORS, all_objects
from tests.security.world import Plan, World

#: Beside the actors of the table: those who hold the right role at the wrong place, or the other way round.
#: « here » is Arles.
MORE_PEOPLE: dict[str, tuple[tuple[Role, str], ...]] = {
    "referent_elsewhere": ((Role.REFERENT, "aix"),),
    "participant_elsewhere": ((Role.PARTICIPANT, "aix"),),
    "pilot_here": ((Role.PILOT, "arles"),),
    "pilot_elsewhere": ((Role.PILOT, "aix"),),
    "both": ((Role.COORDINATOR, "aix"), (Role.PARTICIPANT, "arles")),
    "two_places": ((Role.COORDINATOR, "aix"), (Role.COORDINATOR, "arles")),
    "moved": ((Role.REFERENT, "aix"), (Role.PARTICIPANT, "arles")),
    "all_here": ((Role.REFERENT, "arles"), (Role.COORDINATOR, "arles")),
    "closed": ((Role.PARTICIPANT, "arles"), (Role.PILOT, "arles")),
    "nobody": (),
}
IN_OUR_STRUCTURE = ("both", "pilot_here")
PEOPLE = (*ACTORS[1:], *MORE_PEOPLE)
ANYBODY = "anybody"
FOLDER = Path(__file__).parent / "rights"


@dataclass(frozen=True)
class Right:
    """One question to a guard, and who gets yes for an answer."""

    name: str
    about: tuple[Any, ...]
    ask: Callable[[World, str], bool]
    people: tuple[str, ...]
    yes: frozenset[str]

    def __str__(self) -> str:
        return self.name

    @property
    def cases(self) -> "list[Case]":
        """The question, person by person."""
        return [Case(self, person) for person in self.people]


@dataclass(frozen=True)
class Case:
    """The question of one person."""

    right: Right
    person: str

    def __str__(self) -> str:
        return f"{self.right} as {self.person}"

    def problem(self, world: World) -> str:
        """What is not as the table says, or nothing."""
        expected = self.person in self.right.yes
        try:
            found = self.right.ask(world, self.person)
        except Exception as error:  # noqa: BLE001 (a guard without a part of itself may break anything)
            db.session.rollback()
            return f"{self}: {type(error).__name__}: {error}"
        return "" if found == expected else f"{self}: {found}"


def right(guard: Callable[..., Any], *about: Any, yes: Collection[str] = (), note: str = "") -> Right:
    """Whom a guard lets through."""

    def ask(world: World, person: str) -> bool:
        return bool(guard(world[person], *(value_of(world, one) for one in about)))

    return Right(_named(guard, about, note), about, ask, PEOPLE, frozenset(yes))


def scope(
    query: Callable[..., Any], what: str, *about: Any, yes: Collection[str] = (), note: str = ""
) -> Right:
    """Whose list holds an object."""

    def ask(world: World, person: str) -> bool:
        wanted, given = identity(world[what]), [value_of(world, one) for one in about]
        rows = db.session.scalars(query(world[person], *given)).unique()
        return wanted in {identity(row) for row in rows}

    return Right(_named(query, (what, *about), note), (what, *about), ask, PEOPLE, frozenset(yes))


def fact(guard: Callable[..., Any], ask: Callable[[World], Any], *, note: str, answer: bool = True) -> Right:
    """What a guard answers, asked by nobody in particular."""
    yes = frozenset({ANYBODY}) if answer else frozenset[str]()
    return Right(_named(guard, (), note), (), lambda world, _person: bool(ask(world)), (ANYBODY,), yes)


def identity(row: Any) -> Any:
    """What tells a row from the others, without reading it again."""
    state: Any = inspect(row)
    return state.identity


def value_of(world: World, name: Any) -> Any:
    """An object of the world, or an attribute of one."""
    if type(name) is not str:
        return name
    found, *path = name.split(".")
    value = world[found]
    for part in path:
        value = getattr(value, part)
    return value


def _named(guard: Callable[..., Any], about: Collection[Any], note: str) -> str:
    words = [f"{guard.__module__.removeprefix('commission_app.')}.{guard.__name__}", *map(str, about), note]
    return " ".join(filter(None, words))


def modules() -> list[Any]:
    """Every file of rights."""
    names = sorted(path.stem for path in FOLDER.glob("*.py"))
    return [importlib.import_module(f"tests.security.rights.{name}") for name in names]


def all_rights() -> list[Right]:
    """The whole table."""
    return [one for module in modules() for one in module.RIGHTS]


def all_cases() -> list[Case]:
    """The whole table, person by person."""
    return [case for one in all_rights() for case in one.cases]


def world_of_rights(plan: Plan) -> World:
    """The world with everything that the table names."""
    made = World(plan, all_objects() | objects_of_rights())
    for name in objects_of_rights():
        assert made[name]
    for one in all_rights():
        for name in one.about:
            value_of(made, name)
    commit()
    return made


@cache
def objects_of_rights() -> dict[str, Callable[[World], Any]]:
    """How the objects and the people that it names are made."""
    made = {name: person(name) for name in MORE_PEOPLE} | {name: actor(name) for name in ACTORS[1:]}
    for module in modules():
        made |= getattr(module, "OBJECTS", {})
    return made


def person(name: str) -> Callable[[World], Any]:
    """How one of the further people is made."""

    def make(world: World) -> Any:
        user = make_user(name, structure=world.structure if name in IN_OUR_STRUCTURE else None)
        for role, place in MORE_PEOPLE[name]:
            grant(user, role, world[place])
        if name == "closed":
            user.closed_at = clock.now()
        return user

    return make


def actor(name: str) -> Callable[[World], Any]:
    """An actor of the other table, by the name it has there."""
    return lambda world: world.actors[name]
