"""A small world in which every actor of the table stands, with canaries in what must not be read.

It is built once a run (`tests/security/building.py`) and kept with the database; each test finds its rows
again by their names.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from commission_app.core.db import db
from tests.security import fields

READERS = fields.READERS | {
    "identité arles": {"referent", "coordinator"},
    "texte arles": {"referent", "coordinator", "participant", "facilitator"},
    "identité aix": {"coordinator_elsewhere"},
    "texte aix": {"coordinator_elsewhere"},
}


Key = tuple[type, Any]


@dataclass(frozen=True)
class Plan:
    """Where the rows of the built world stand, and what of them must not be read."""

    actors: Mapping[str, Key | None]
    objects: Mapping[str, Key]
    canaries: Mapping[str, set[str]]


class Rows(Mapping[str, Any]):
    """Rows by name, each looked up when first asked for."""

    def __init__(self, keys: Mapping[str, Key | None]) -> None:
        self._keys = keys
        self._found: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:
        key = self._keys[name]
        if name not in self._found:
            self._found[name] = db.session.get_one(*key) if key else None
        return self._found[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._keys)

    def __len__(self) -> int:
        return len(self._keys)


class World:
    """Actors and objects by the names that the table uses."""

    def __init__(self, plan: Plan, makers: Mapping[str, Callable[["World"], Any]]) -> None:
        self._makers = makers
        self._made: dict[str, Any] = {}
        self._kept = Rows(plan.objects)
        self.actors = Rows(plan.actors)
        self.canaries = plan.canaries
        self.arles, self.aix = self._kept["arles"], self._kept["aix"]
        self.structure, self.other_structure = self._kept["structure"], self._kept["other_structure"]

    def __getitem__(self, name: str) -> Any:
        """An object by its name, made when first asked for; an unknown name stands for itself."""
        if name in self._kept:
            return self._kept[name]
        if name not in self._made and name in self._makers:
            self._made[name] = self._makers[name](self)
            db.session.flush()
        return self._made.get(name, name)


def forbidden_to(actor: str, canaries: Mapping[str, set[str]]) -> set[str]:
    """The canaries that must never stand in an answer to this actor."""
    return {token for kind, tokens in canaries.items() if actor not in READERS[kind] for token in tokens}
