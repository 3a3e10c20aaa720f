"""Keeping what was typed on a page of a part, with what others wrote meanwhile."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from commission_app.accounts.models import User
from commission_app.dossiers.models import Dossier
from commission_app.dossiers.parts.forms import PartForm
from commission_app.dossiers.parts.row_forms import LinesForm
from commission_app.dossiers.parts.services import save_part
from commission_app.dossiers.parts.settling import choice_of, settle
from commission_app.dossiers.parts.standing import Standing
from commission_app.dossiers.person.forms import IDENTITY, PersonForm
from commission_app.dossiers.person.services import save_person
from commission_app.dossiers.writing.merging import Merged, base_after, fingerprints, merge
from commission_app.dossiers.writing.models import Clash
from commission_app.dossiers.writing.queries import last_hands, own_fields
from commission_app.dossiers.writing.services import (
    Spoken,
    keep_clashes,
    remember_hands,
)


@dataclass
class Kept:
    """What became of one save: what the page knows from now on, and what it has to say."""

    version: int
    base: dict[str, str]
    behind: list[str] = field(default_factory=list)
    refused: list[tuple[str, str]] = field(default_factory=list)
    clashes: list[Clash] = field(default_factory=list)
    shown: dict[str, Any] = field(default_factory=dict)


def keep(actor: User, dossier: Dossier, form: PartForm, standing: Standing, *, wish: str = "") -> Kept:
    """Save each field that was changed on this page; the fields that are refused stay as they were.

    `wish` names a clash to settle (`<id>:<outcome>`).
    """
    part, page = form.part, form.page.data or ""
    theirs, refused = standing.data, refusals(form)
    mine = _without_refused(form, theirs)
    base = _base_of(form, dossier, theirs)
    hands = last_hands(dossier.id, part)
    merged = merge(mine, theirs, base, own=own_fields(hands, page))
    choice = choice_of(dossier, part, wish) if wish else None
    settled = settle(actor, dossier, form, standing, merged, choice) if choice else set()
    mine |= {name: merged.kept[name] for name in settled if name in mine}
    met = [_spoken(form, standing, one.name) for one in merged.met]
    _write(actor, dossier, form, merged)
    remember_hands(actor, dossier, part, page=page, fields=set(merged.written) - settled, known=hands)
    remember_hands(actor, dossier, part, page="", fields=settled, known=hands)
    clashes = keep_clashes(actor, dossier, part, page=page, met=met) if met else []
    if choice and not settled and choice.clash not in clashes:
        clashes.append(choice.clash)
    after = base_after(merged, mine, base, form.by_button)
    after |= {name: base[name] for name in refused if name in base}
    in_step = not (merged.behind or merged.met or refused)
    return Kept(
        version=dossier.part_version(part) if in_step else form.version.data or 0,
        base=after,
        behind=[_label(form, standing, name) for name in merged.behind],
        refused=[(_label(form, standing, name), sentence) for name, sentence in refused.items()],
        clashes=clashes,
        shown=_shown(merged, mine),
    )


def _base_of(form: PartForm, dossier: Dossier, theirs: dict[str, Any]) -> dict[str, str]:
    """What the page was given; a form sent without it was given what stands there, if its version does."""
    try:
        base = json.loads(form.base.data or "null")
    except ValueError:
        base = None
    if isinstance(base, dict):
        return {str(name): str(value) for name, value in base.items()}
    return fingerprints(theirs) if form.version.data == dossier.part_version(form.part) else {}


def refusals(form: PartForm) -> dict[str, str]:
    """Each field that was refused, a line as a whole, with the first reason."""
    found: dict[str, str] = {}
    for one in form:
        if not one.errors or one.name in form.by_button:
            continue
        if isinstance(form, LinesForm) and one.name == form.list_name:
            lines = (row for row in form.lines if row.errors)
            found |= {f"{one.name}:{row.form.key.data}": _first(row.errors) for row in lines}
        else:
            found[one.name] = _first(one.errors)
    return found


def _first(errors: Any) -> str:
    if isinstance(errors, Mapping):
        return _first(next(iter(errors.values())))
    return str(errors[0])


def _without_refused(form: PartForm, theirs: dict[str, Any]) -> dict[str, Any]:
    """What was typed; in the place of what was refused, what stands there."""
    mine = form.typed()
    for name in refusals(form):
        start, _, key = name.partition(":")
        if not key:
            mine[name] = theirs.get(name)
            continue
        standing = [line for line in theirs.get(start, []) if line["key"] == key]
        mine[start] = [line for line in mine[start] if line["key"] != key] + standing
    return mine


def _write(actor: User, dossier: Dossier, form: PartForm, merged: Merged) -> None:
    """Save the part and the identity as they were merged, each only where something changed."""
    named = [name for name in merged.written if name in IDENTITY]
    if isinstance(form, PersonForm) and named:
        save_person(actor, dossier, **form.identity(merged.kept))
    if len(named) < len(merged.written) or named:
        version = dossier.part_version(form.part)
        save_part(actor, dossier, form.part, version=version, values=form.values(merged.kept))


def _shown(merged: Merged, mine: dict[str, Any]) -> dict[str, Any]:
    """What the page goes on showing when it is drawn again: a text that clashed stays in its field."""
    shown = dict(merged.kept)
    for met in merged.met:
        if ":" not in met.name:
            shown[met.name] = mine[met.name]
    return shown


def _spoken(form: PartForm, standing: Standing, name: str) -> Spoken:
    _label_there, theirs, _ = standing.form.said(name)
    label, mine, is_text = form.said(name)
    return Spoken(name, label, theirs, mine, is_text)


def _label(form: PartForm, standing: Standing, name: str) -> str:
    """The label of a field, also of a line that only one of both forms holds."""
    label, said, _ = form.said(name)
    return label if said or ":" not in name else standing.form.said(name)[0]
