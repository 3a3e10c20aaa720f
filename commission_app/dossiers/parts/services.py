"""Saving the parts of the template, one at a time."""

import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from commission_app.accounts.models import User
from commission_app.core import clock
from commission_app.core.db import db
from commission_app.core.errors import InvalidInputError, StaleError
from commission_app.core.events import record
from commission_app.core.nir import refuse_nir
from commission_app.core.policies import require
from commission_app.dossiers.models import Attempt, BlockCriterion, DiagnosisLine, Dossier, ParcoursStep
from commission_app.dossiers.rights.queries import can_write_parts
from commission_app.dossiers.states import Criterion, DiagnosisItem, Level, Part
from commission_app.dossiers.versions.services import keep_diagnosis_before

Values = Mapping[str, Any]
MOST_LINES = 30
TOO_MANY_LINES = f"Gardez {MOST_LINES} lignes au plus, même à plusieurs : réunissez ce qui va ensemble."

COLUMNS: dict[Part, tuple[str, ...]] = {
    Part.FRAME: (
        "previous_referent", "contract", "entered_on", "step", "step_started_on", "step_expected_months",
    ),
    Part.PERSON: ("age_band", "insee", "household", "children_count", "wishes_presence"),
    Part.BLOCK: (),
    Part.DIAGNOSIS: ("diagnosed_on",),
    Part.PARCOURS: ("origin_who", "origin_how", "origin_why"),
    Part.ATTEMPTS: ("no_inside_reason", "no_outside_reason"),
    Part.QUESTION: ("question", "needed", "urgency", "urgency_reason", "minutes_needed"),
}  # fmt: skip


def save_part(actor: User, dossier: Dossier, part: Part, *, version: int, values: Values) -> None:
    """Keep what was written in one part, even when incomplete; the référent alone, in a draft or a dossier to
    be completed, or in which the person asked for a correction.

    `values` holds the columns of COLUMNS[part]; besides, `criteria` (criterion → fact), `diagnosis` (item →
    (level, note)), `steps` or `attempts` (a mapping of columns each). What is not in it stays as it was.
    Refused when the part was saved since `version` was read (StaleError), when a text holds a
    social-security number, and when a list has more than MOST_LINES lines.
    """
    require(can_write_parts(actor, dossier), "Ce dossier ne peut plus être modifié ici.")
    if version != dossier.part_version(part):
        raise StaleError()
    refuse_nir(_texts(values))
    if part is Part.DIAGNOSIS:
        keep_diagnosis_before(actor, dossier, new_day=values.get("diagnosed_on"))
    for name in COLUMNS[part]:
        if name in values:
            setattr(dossier, name, values[name])
    for name, write in _LISTS.items():
        if name in values:
            write(dossier, values[name])
    dossier.part_versions = {**dossier.part_versions, part.value: version + 1}
    dossier.saved_at = clock.now()
    record(actor, "dossier_part_saved", dossier, part=part.value)


def _texts(values: object, field: str = "") -> Iterator[tuple[str, object]]:
    """Every text however deep, with the name of the field it stands in."""
    if isinstance(values, Mapping):
        for name, value in values.items():
            yield from _texts(value, field or str(name))
    elif isinstance(values, list | tuple):
        for value in values:
            yield from _texts(value, field)
    else:
        yield field, values


def _write_criteria(dossier: Dossier, facts: Mapping[Criterion, str]) -> None:
    kept = {line.criterion: line for line in dossier.criteria}
    for criterion in set(kept) - set(facts):
        dossier.criteria.remove(kept[criterion])
    for criterion, fact in facts.items():
        line = kept.get(criterion)
        if line is None:
            dossier.criteria.append(BlockCriterion(criterion=criterion, fact=fact))
        else:
            line.fact = fact


def _write_diagnosis(dossier: Dossier, lines: Mapping[DiagnosisItem, tuple[Level, str]]) -> None:
    kept = {line.item: line for line in dossier.diagnosis}
    for item, (level, note) in lines.items():
        line = kept.get(item)
        if line is not None:
            line.level, line.note = level, note
        elif level is not Level.NOT_DISCUSSED or note:
            dossier.diagnosis.append(DiagnosisLine(item=item, level=level, note=note))


def _write_steps(dossier: Dossier, rows: Sequence[Values]) -> None:
    _replace(dossier.parcours, rows, ParcoursStep)


def _write_attempts(dossier: Dossier, rows: Sequence[Values]) -> None:
    _replace(dossier.attempts, rows, Attempt)


def _replace(lines: list[Any], rows: Sequence[Values], kind: type[Any]) -> None:
    """Make the lines what the form says; a line that stays keeps its row, known by its key."""
    if len(rows) > MOST_LINES:
        raise InvalidInputError(TOO_MANY_LINES)
    kept = {str(line.id): line for line in lines}
    wanted = {str(row.get("key", "")) for row in rows}
    for key in kept.keys() - wanted:
        lines.remove(kept[key])
    for row in rows:
        cells = {name: value for name, value in row.items() if name != "key"}
        line = kept.get(str(row.get("key", "")))
        if line is None:
            lines.append(kind(id=_free_id(row.get("key"), kind), **cells))
        else:
            _change(line, cells)


def _change(line: Any, cells: Values) -> None:
    for name, value in cells.items():
        if getattr(line, name) != value:
            setattr(line, name, value)


def _free_id(key: object, kind: type[Any]) -> uuid.UUID:
    """The identifier that the page gave the line, unless it is none or stands elsewhere."""
    try:
        wanted = uuid.UUID(str(key))
    except ValueError:
        return uuid.uuid4()
    return uuid.uuid4() if db.session.get(kind, wanted) else wanted


_LISTS: dict[str, Callable[[Dossier, Any], None]] = {
    "criteria": _write_criteria,
    "diagnosis": _write_diagnosis,
    "steps": _write_steps,
    "attempts": _write_attempts,
}
