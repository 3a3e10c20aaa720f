"""What the administration does with territories, and the loading of communes."""

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from commission_app.core import clock
from commission_app.core.config import ROOT
from commission_app.core.db import db
from commission_app.core.errors import InvalidInputError, WrongStateError
from commission_app.core.events import record
from commission_app.core.policies import require
from commission_app.territories.models import Commune, Structure, Territory
from commission_app.territories.names import folded
from commission_app.territories.policies import Actor, can_manage_territories
from commission_app.territories.states import SchoolZone

COMMUNES = ROOT / "node_modules" / "@etalab" / "decoupage-administratif" / "data" / "communes.json"
LOADED = {"commune-actuelle", "arrondissement-municipal"}


def create_territory(actor: Actor, *, name: str, code: str, school_zone: SchoolZone) -> Territory:
    """Open a territory; the administration alone may.

    The code (three letters) begins the codes of its dossiers and never changes. A name or a code in use is
    refused.
    """
    require(can_manage_territories(actor))
    code = code.upper()
    _expect_free_name(name)
    if db.session.scalar(select(Territory.id).where(Territory.code == code)):
        raise InvalidInputError("Un territoire porte déjà ce code.", field="code")
    territory = Territory(name=name, code=code, school_zone=school_zone)
    db.session.add(territory)
    record(actor, "territory_created", territory)
    return territory


def edit_territory(
    actor: Actor, territory: Territory, *, version: int, name: str, school_zone: SchoolZone
) -> None:
    """Change the name or the school zone; refused on a stale version (StaleError) or a name in use."""
    require(can_manage_territories(actor))
    territory.expect_version(version)
    if name != territory.name:
        _expect_free_name(name)
    territory.name, territory.school_zone = name, school_zone
    record(actor, "territory_edited", territory)


def archive_territory(actor: Actor, territory: Territory) -> None:
    """Take a territory out of use: it is offered nowhere any more, its history stays readable."""
    require(can_manage_territories(actor))
    if territory.is_archived:
        raise WrongStateError("Ce territoire est déjà archivé.")
    territory.archived_on = clock.today()
    record(actor, "territory_archived", territory)


def restore_territory(actor: Actor, territory: Territory) -> None:
    """Take an archived territory into use again."""
    require(can_manage_territories(actor))
    if not territory.is_archived:
        raise WrongStateError("Ce territoire n’est pas archivé.")
    territory.archived_on = None
    record(actor, "territory_restored", territory)


def add_commune(actor: Actor, territory: Territory, commune: Commune) -> None:
    """Add a commune to a territory; one that is there already stays once."""
    require(can_manage_territories(actor))
    if commune not in territory.communes:
        territory.communes.append(commune)
        record(actor, "territory_commune_added", territory, insee=commune.insee)


def remove_commune(actor: Actor, territory: Territory, commune: Commune) -> None:
    """Take a commune out of a territory; one that is not there is refused."""
    require(can_manage_territories(actor))
    if commune not in territory.communes:
        raise WrongStateError("Cette commune n’est pas dans le territoire.")
    territory.communes.remove(commune)
    record(actor, "territory_commune_removed", territory, insee=commune.insee)


def load_communes(actor: Actor | None, *, departements: Sequence[str] = ("13",)) -> int:
    """Bring the communes of départements up to date from the official list, without an account at set-up.

    Returns how many are known afterwards. A département without any commune is refused.
    """
    rows = [row for row in json.loads(COMMUNES.read_text(encoding="utf-8")) if _is_wanted(row, departements)]
    missing = set(departements) - {row["departement"] for row in rows}
    if missing:
        raise InvalidInputError(f"Département inconnu : {', '.join(sorted(missing))}.")
    for row in rows:
        db.session.merge(_commune(row))
    db.session.flush()
    return len(rows)


def set_places(actor: Actor, structure: Structure, territories: Sequence[Territory]) -> None:
    """Say on which territories a structure acts; the administration alone may."""
    require(can_manage_territories(actor))
    if {one.id for one in territories} != {one.id for one in structure.territories}:
        structure.territories = list(territories)
        record(actor, "structure_placed", structure, count=len(territories))


def _is_wanted(row: dict[str, Any], departements: Sequence[str]) -> bool:
    return row["type"] in LOADED and row.get("departement") in departements


def _commune(row: dict[str, Any]) -> Commune:
    codes = row.get("codesPostaux") or [""]
    return Commune(
        insee=row["code"],
        name=row["nom"],
        search=folded(" ".join((row["nom"], *codes))),
        postal_code=codes[0],
        departement=row["departement"],
    )


def _expect_free_name(name: str) -> None:
    if db.session.scalar(select(Territory.id).where(Territory.name == name)):
        raise InvalidInputError("Un territoire porte déjà ce nom.", field="name")
