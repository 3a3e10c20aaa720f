"""Lists of dossiers: the own ones, or those of a territory; a line is one row."""

import re
import uuid
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select

from commission_app.accounts.models import User
from commission_app.core import clock
from commission_app.core.pages import Page, PreparedPage
from commission_app.dossiers.models import Dossier
from commission_app.dossiers.policies import dossiers_seen, sight_of
from commission_app.dossiers.states import AgeBand, DossierState
from commission_app.territories.models import Commune, Structure, Territory

SORTS = {
    "recent": (Dossier.state_since.desc(), Dossier.id),
    "ancien": (Dossier.state_since, Dossier.id),
    "code": (Dossier.year.desc(), Dossier.number.desc()),
}
_WRITTEN_CODE = re.compile(r"^(?:(?P<territory>[A-Z]{3})-?)?(?:(?P<year>\d{4})-?)?(?P<number>\d{1,5})?$")
_YEARS_BACK = 10


@dataclass(frozen=True)
class DossierLine:
    """A dossier in a list: its code and state, what the commission may read, who accompanies."""

    id: uuid.UUID
    code: str
    state: DossierState
    state_since: datetime
    age_band: AgeBand | None
    commune: str | None
    first_name: str
    last_name: str
    structure: str | None

    @property
    def referent(self) -> str:
        """Who accompanies, and where."""
        name = f"{self.first_name} {self.last_name}"
        return f"{name}, {self.structure}" if self.structure else name


def listed_dossiers(
    actor: User,
    *,
    territory: Territory | None = None,
    search: str = "",
    state: DossierState | None = None,
    sort: str = "recent",
    number: int = 1,
) -> Page[DossierLine]:
    """A page of the own dossiers, or of those of a territory that the actor coordinates: two queries."""
    sight = sight_of(actor)
    values = {
        **(sight if territory is not None else sight | {"coordinated": ()}),
        "territory_id": None if territory is None else territory.id,
        "state": state,
        **_meant(search),
    }
    return _PAGES.get(sort, _PAGES["recent"]).read(DossierLine, number, values)


def _meant(search: str) -> dict[str, Any]:
    """Which codes are meant: « ARL-2026-014 », « 2026-14 » or « 14 »; any other word finds none."""
    wanted = search.strip().upper().replace(" ", "")
    meant: dict[str, Any] = {"code": None, "place": None, "years": None, "number": None}
    if not wanted:
        return meant
    found = _WRITTEN_CODE.match(wanted)
    if found is None:
        return meant | {"code": wanted}
    year = clock.today().year
    years = (int(found["year"]),) if found["year"] else tuple(range(year - _YEARS_BACK, year + 2))
    number = int(found["number"]) if found["number"] else None
    return meant | {"place": found["territory"], "years": years, "number": number}


def _list(
    *,
    territory_id: Any,
    state: Any,
    code: Any,
    place: Any,
    years: Collection[Any] | None,
    number: Any,
    **sight: Any,
) -> Select[Dossier]:
    exact = (
        (Dossier.territory_id, territory_id), (Dossier.state, state),
        (Dossier.code, code), (Dossier.number, number),
    )  # fmt: skip
    query = dossiers_seen(**sight).where(*(column == value for column, value in exact if value is not None))
    if place is not None:
        query = query.where(Dossier.territory.has(Territory.code == place))
    return query if years is None else query.where(Dossier.year.in_(years))


def _lines(sort: str) -> Callable[..., Select[Any]]:
    columns: tuple[Any, ...] = (
        Dossier.id, Dossier.code, Dossier.state, Dossier.state_since, Dossier.age_band, Commune.name,
        User.first_name, User.last_name, Structure.name,
    )  # fmt: skip

    def build(**values: Any) -> Select[Any]:
        return (
            _list(**values)
            .with_only_columns(*columns)
            .outerjoin(Commune, Commune.insee == Dossier.insee)
            .outerjoin(Structure, Structure.id == Dossier.structure_id)
            .join(User, User.id == Dossier.referent_id)
            .order_by(*SORTS[sort])
        )

    return build


_PAGES = {sort: PreparedPage(_lines(sort), of=_list) for sort in SORTS}
