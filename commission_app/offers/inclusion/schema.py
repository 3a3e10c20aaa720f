"""The data·inclusion schema, strict: unknown fields are refused, sets are written in a stable order.

Loading it costs time and memory: import this module where it is used, not at the start.
"""

from datetime import date
from typing import Any

from data_inclusion.schema import v1
from pydantic import ConfigDict, ValidationError, field_validator

from commission_app.core import clock

FIRST_DAY = date(2000, 1, 1)


def _known_day(value: date) -> date:
    """The schema's own rule by the day in France: the machine's is another one for an hour or two a night."""
    if value < FIRST_DAY:
        raise ValueError("La date de dernière modification doit être au 21e siècle.")
    if value > clock.today():
        raise ValueError("La date de dernière modification ne peut pas être dans le futur.")
    return value


class Service(v1.Service):  # type: ignore[misc]
    """A service, nothing more than the schema knows."""

    model_config = ConfigDict(extra="forbid")
    date_maj_valide = field_validator("date_maj")(_known_day)


class Structure(v1.Structure):  # type: ignore[misc]
    """A structure, nothing more than the schema knows."""

    model_config = ConfigDict(extra="forbid")
    date_maj_valide = field_validator("date_maj")(_known_day)


THEMATIQUES = [(one.value, one.label) for one in v1.Thematique]
CATEGORIES = [(one.value, one.label) for one in v1.Categorie]

_MESSAGES = {
    "missing": "il manque",
    "extra_forbidden": "ce champ n’existe pas dans data·inclusion",
    "enum": "valeur inconnue du référentiel",
    "string_too_short": "texte trop court",
    "string_too_long": "texte trop long",
    "string_type": "il faut un texte",
    "date_from_datetime_parsing": "date illisible (écrire 2026-01-15)",
    "date_parsing": "date illisible (écrire 2026-01-15)",
    "greater_than_equal": "nombre trop petit",
    "string_pattern_mismatch": "forme inattendue",
    "model_type": "il faut un objet { … }",
}


def check_service(record: Any) -> tuple[Any, list[str]]:
    """The service and what is wrong with it, in French."""
    return _check(Service, record)


def check_structure(record: Any) -> tuple[Any, list[str]]:
    """The structure and what is wrong with it, in French."""
    return _check(Structure, record)


def written(record: Any) -> dict[str, Any]:
    """A record as it leaves: without empty fields, sets sorted, the day of change as text."""
    content: dict[str, Any] = record.model_dump(mode="json", exclude_none=True)
    kinds = {name: str(field.annotation).lower() for name, field in type(record).model_fields.items()}
    sets = {name for name, kind in kinds.items() if "set[" in kind}
    return {key: sorted(value) if key in sets else value for key, value in content.items()}


def _check(kind: Any, record: Any) -> tuple[Any, list[str]]:
    try:
        return kind.model_validate(record, context={"ignore_warnings": True}), []
    except ValidationError as error:
        return None, [_said(fault) for fault in error.errors()]


def _said(fault: Any) -> str:
    field = ".".join(str(part) for part in fault["loc"]) or "objet"
    reason = _MESSAGES.get(fault["type"])
    if reason is None and fault["type"] in {"value_error", "avertissement"}:
        reason = str(fault["msg"]).removeprefix("Value error, ")
    return f"{field} : {reason or 'valeur refusée'}"


__all__ = ["CATEGORIES", "THEMATIQUES", "check_service", "check_structure", "written"]
