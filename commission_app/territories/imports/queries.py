"""What an import would do: every line looked at, nothing changed."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from commission_app.core.db import db
from commission_app.core.mailboxes import problem_of
from commission_app.territories.imports.reading import Line, LineError, read_lines
from commission_app.territories.models import Commune, Structure, Territory
from commission_app.territories.names import folded
from commission_app.territories.queries import communes_by_code, territories_by_code
from commission_app.territories.states import StructureKind

STRUCTURE_COLUMNS = {
    "name": ("nom", "structure", "raison sociale"),
    "kind": ("type", "nature"),
    "territories": ("territoires", "territoire"),
    "siret": ("siret",),
    "insee": ("commune", "code insee", "insee"),
    "address": ("adresse",),
    "phone": ("téléphone", "tel"),
    "email": ("courriel", "email", "mail", "adresse électronique"),
    "label_on": ("label", "date du label"),
}
COMMUNE_COLUMNS = {
    "territory": ("territoire", "code territoire"),
    "insee": ("code insee", "insee", "commune"),
}
PHONE = re.compile(r"(\+33 ?|0)[1-9]([ .]?\d{2}){4}")


@dataclass
class Plan:
    """What a list would change: `items` to take when there is no error, and the errors by line."""

    items: list[Any] = field(default_factory=list)
    errors: list[LineError] = field(default_factory=list)
    created: int = 0
    updated: int = 0

    @property
    def is_sound(self) -> bool:
        """Whether the whole list may be taken."""
        return not self.errors and bool(self.items)


@dataclass(frozen=True)
class PlannedStructure:
    """A structure to write: the row it corrects, or None, and its values."""

    existing: Structure | None
    values: dict[str, Any]
    territories: list[Territory]


@dataclass(frozen=True)
class PlannedCommune:
    """A commune to add to a territory."""

    territory: Territory
    commune: Commune


def plan_structures(text: str) -> Plan:
    """What a list of structures would do; a name or SIRET already known corrects that structure.

    Raises InvalidInputError when the list as a whole cannot be read.
    """
    lines = read_lines(text, STRUCTURE_COLUMNS, required=("name", "kind"))
    known = _known_structures()
    places = territories_by_code()
    communes = communes_by_code(line.values.get("insee", "") for line in lines)
    plan, seen = Plan(), set[str]()
    for line in lines:
        _plan_structure(plan, line, seen, known, places, communes)
    return plan


def plan_communes(text: str) -> Plan:
    """What a list « territoire ; code INSEE » would do; a commune already there changes nothing."""
    lines = read_lines(text, COMMUNE_COLUMNS, required=("territory", "insee"))
    places, plan, seen = territories_by_code(), Plan(), set[tuple[str, str]]()
    communes = communes_by_code(line.values["insee"] for line in lines)
    for line in lines:
        code, insee = line.values["territory"].upper(), line.values["insee"]
        territory, commune = places.get(code), communes.get(insee)
        if territory is None:
            plan.errors.append(LineError(line.number, f"Aucun territoire n’a le code « {code} »."))
        if commune is None:
            plan.errors.append(LineError(line.number, f"Aucune commune connue n’a le code « {insee} »."))
        if territory is None or commune is None or (code, insee) in seen:
            continue
        seen.add((code, insee))
        plan.items.append(PlannedCommune(territory, commune))
        plan.created += commune not in territory.communes
        plan.updated += commune in territory.communes
    return plan


def _plan_structure(
    plan: Plan,
    line: Line,
    seen: set[str],
    known: dict[str, Structure],
    places: dict[str, Territory],
    communes: dict[str, Commune],
) -> None:
    values, faults = _checked(line)
    codes = line.values.get("territories", "").upper().replace(",", " ").replace("/", " ").split()
    insee = line.values.get("insee", "")
    faults += [f"Aucun territoire n’a le code « {code} »." for code in codes if code not in places]
    if insee and insee not in communes:
        faults.append(f"Aucune commune connue n’a le code « {insee} ».")
    name = folded(line.values["name"])
    if name in seen:
        faults.append(f"« {line.values['name']} » figure deux fois dans la liste.")
    seen.add(name)
    existing = known.get(name) or known.get(values.get("siret") or "")
    owner = known.get(values.get("siret") or "")
    if owner is not None and existing is not owner:
        faults.append(f"Le SIRET {values['siret']} est celui d’une autre structure.")
    plan.errors += [LineError(line.number, fault) for fault in faults]
    values["commune"] = communes.get(insee)
    plan.items.append(PlannedStructure(existing, values, [places[code] for code in codes if code in places]))
    plan.updated += existing is not None
    plan.created += existing is None


def _checked(line: Line) -> tuple[dict[str, Any], list[str]]:
    """The values of a line as the table keeps them, and what is wrong with them."""
    values: dict[str, Any] = {"name": line.values["name"], "address": line.values.get("address", "")}
    faults = []
    if not 1 <= len(values["name"]) <= 150:
        faults.append("Le nom manque, ou dépasse 150 caractères.")
    if len(values["address"]) > 200:
        faults.append("L’adresse dépasse 200 caractères.")
    for name, convert, fault in CONVERSIONS:
        given = line.values.get(name, "")
        values[name] = convert(given) if given else None
        if given and values[name] is None:
            faults.append(fault.format(given))
    if not line.values["kind"]:
        faults.append("Le type manque.")
    values["phone"], values["email"] = values["phone"] or "", values["email"] or ""
    return values, faults


def _kind(text: str) -> StructureKind | None:
    wanted = folded(text)
    return next((one for one in StructureKind if wanted in (folded(one.label), folded(one.value))), None)


def _siret(text: str) -> str | None:
    digits = re.sub(r"\s", "", text)
    return digits if re.fullmatch(r"\d{14}", digits) else None


def _day(text: str) -> date | None:
    for pattern in ("%d/%m/%Y", "%Y-%m-%d"):
        try:
            return datetime.strptime(text, pattern).date()
        except ValueError:
            continue
    return None


def _matching(pattern: re.Pattern[str]) -> Callable[[str], str | None]:
    return lambda text: text if pattern.fullmatch(text) else None


def _address(text: str) -> str | None:
    return None if problem_of(text) else text


CONVERSIONS: tuple[tuple[str, Callable[[str], Any], str], ...] = (
    ("kind", _kind, "Le type « {} » n’est pas connu."),
    ("siret", _siret, "Le SIRET « {} » n’a pas quatorze chiffres."),
    ("phone", _matching(PHONE), "Le téléphone « {} » n’a pas dix chiffres."),
    ("email", _address, "L’adresse électronique « {} » est incomplète ou porte un accent."),
    ("label_on", _day, "La date « {} » s’écrit comme 08/12/2026."),
)


def _known_structures() -> dict[str, Structure]:
    """Every structure under its folded name and its SIRET."""
    query = select(Structure).options(selectinload(Structure.territories))
    rows = list(db.session.scalars(query))
    return {folded(one.name): one for one in rows} | {one.siret: one for one in rows if one.siret}
