"""The authorisation table: who gets what from every address, written by hand, never computed by a policy.

How to add rows
---------------
1. One file a feature or subject: `tests/security/rows/<name>.py`, with a list `ROWS` (and, if needed, a dict
   `OBJECTS`). Files are found by themselves. An address of the application that no row names fails
   `test_every_address_is_in_the_table`.
2. A row: `row("GET", "dossiers.show", {"dossier_id": "dossier"}, allows={"referent": 200, "pilot": 200})`.
   - `allows`: the actors let in and the status each gets; `each(EVERYONE, 200)` helps.
   - whoever is not named gets 404 when signed in (the object does not exist for them);
     `refuses={"pilot": 403}` names those who see the object but may not do this to it. A visitor gets 302 on
     GET, 401 on the rest.
   - `public=True`: visitors are no longer refused by default; name "anonymous" in `allows`.
   - `args`: parameter of the address → name of an object of the world: those of `tests/security/world.py`, or
     of `OBJECTS` in any rows file (name → function of the world that makes the row); one name stands for one
     object in the whole table. A name that nobody knows is taken as it stands.
   - `data`: the form, or a function of the world that gives it; valid, so that the right alone decides.
     `query`: what follows `?`. `state`: a function of the world that changes it first (opens the day …).
   - `cookie`: name and value of one that the browser carries beside its own. `shows`: the kinds of canaries
     that this very answer may hold, whoever reads it. `traced`: who reads this is noted, which is the one
     thing that reading may write, and must.
3. Several scopes of one address (own dossier, another territory's) are several rows: give each a `note`.

What is checked: the status of each actor; that a refusal answers as an object that does not exist; that
nothing was written by a refused request; that no answer shows a canary which its reader must not see.
"""

import importlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

ACTORS = (
    "anonymous",
    "referent",
    "referent_other",
    "coordinator",
    "coordinator_elsewhere",
    "participant",
    "facilitator",
    "pilot",
    "administrator",
    "expired",
)
EVERYONE = ACTORS[1:]
READING = {"GET", "HEAD"}
ROWS_FOLDER = Path(__file__).parent / "rows"


@dataclass(frozen=True)
class Row:
    """What every actor gets from one method of one address with one choice of objects."""

    method: str
    endpoint: str
    args: Mapping[str, str] = field(default_factory=dict)
    allows: Mapping[str, int] = field(default_factory=dict)
    refuses: Mapping[str, int] = field(default_factory=dict)
    data: Any = None
    query: str = ""
    public: bool = False
    cookie: tuple[str, str] | None = None
    shows: tuple[str, ...] = ()
    traced: bool = False
    note: str = ""
    state: Callable[[Any], object] | None = None

    def __str__(self) -> str:
        return f"{self.method} {self.endpoint}{' ' + self.note if self.note else ''}"

    @property
    def reads(self) -> bool:
        """Whether the method changes nothing."""
        return self.method in READING

    @property
    def refused(self) -> dict[str, int]:
        """The actors who are not let in, and what each gets."""
        return {actor: self._refusal(actor) for actor in ACTORS if actor not in self.allows}

    def _refusal(self, actor: str) -> int:
        if actor == "anonymous" and not self.public:
            return 302 if self.reads else 401
        return self.refuses.get(actor, 404)


def row(method: str, endpoint: str, args: Mapping[str, str] | None = None, **values: Any) -> Row:
    """One row of the table."""
    return Row(method, endpoint, args or {}, **values)


def each(actors: Iterable[str], status: int) -> dict[str, int]:
    """The same status for several actors."""
    return dict.fromkeys(actors, status)


def modules() -> list[Any]:
    """Every file of rows."""
    names = sorted(path.stem for path in ROWS_FOLDER.glob("*.py"))
    return [importlib.import_module(f"tests.security.rows.{name}") for name in names]


def all_rows() -> list[Row]:
    """The whole table."""
    return [one for module in modules() for one in module.ROWS]


def objects_of(module: Any) -> dict[str, Callable[[Any], Any]]:
    """How a file of rows makes the objects that it names."""
    found: dict[str, Callable[[Any], Any]] = getattr(module, "OBJECTS", {})
    return found


@cache
def all_objects() -> dict[str, Callable[[Any], Any]]:
    """The same for the whole table."""
    return {name: make for module in modules() for name, make in objects_of(module).items()}
