"""Three texts of a form become one: what the page was given, what was typed, what stands in the dossier.

A field is a column, or one line of a list. Whoever changed a field alone is right; where two people changed
it, the text of the dossier stays and the other is put aside as a clash.
"""

import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from hashlib import sha256
from typing import Any

Data = dict[str, Any]
#: What a form carries besides the fields of the dossier.
APART = frozenset({"version", "base", "page", "csrf_token"})
KEY = "key"


@dataclass(frozen=True)
class Met:
    """A field that two people changed: its name (`question`, or `steps:<key>` for a line) and both values."""

    name: str
    theirs: Any
    mine: Any


@dataclass
class Merged:
    """What is to be kept, what the page goes on showing, and what happened on the way."""

    kept: Data = field(default_factory=dict)
    written: list[str] = field(default_factory=list)
    met: list[Met] = field(default_factory=list)
    behind: list[str] = field(default_factory=list)


def fingerprints(data: Mapping[str, Any], apart: Collection[str] = ()) -> dict[str, str]:
    """Each field of a form with the fingerprint of its value: what a page remembers of what it was given."""
    return {name: fingerprint(value) for name, value in _fields(data, apart)}


def fingerprint(value: Any) -> str:
    """A short digest of a value, the same for « nothing » in all its forms and with blanks around a text."""
    return sha256(json.dumps(_plain(value), sort_keys=True).encode()).hexdigest()[:12]


def merge(
    mine: Data, theirs: Data, base: Mapping[str, str], *, own: Collection[str], apart: Collection[str] = ()
) -> Merged:
    """Put what was typed and what stands in the dossier together.

    `base` holds the fingerprints that the page was given, `own` the fields that this very page wrote last: a
    text that was saved while its answer got lost does not clash with itself.
    """
    merged = Merged()
    for name, value in mine.items():
        if name in APART or name in apart:
            merged.kept[name] = value
        elif _is_list(value) or _is_list(theirs.get(name)):
            merged.kept[name] = _lines(merged, name, value, theirs.get(name) or [], base, own)
        else:
            merged.kept[name] = _one(merged, name, value, theirs.get(name), base.get(name), name in own)
    return merged


def base_after(merged: Merged, mine: Data, base: Mapping[str, str], apart: Collection[str]) -> dict[str, str]:
    """What the page knows from now on: a field that another changed keeps its old fingerprint, since the page
    still shows the old text."""
    stale = {*merged.behind, *(met.name for met in merged.met)}
    known = {name: value for name, value in fingerprints(mine, apart).items() if name not in stale}
    return known | {name: base[name] for name in stale if name in base}


def _one(merged: Merged, name: str, mine: Any, theirs: Any, base: str | None, is_own: bool) -> Any:
    """The value to keep of one field."""
    typed, stands = fingerprint(mine), fingerprint(theirs)
    if typed == stands:
        return theirs
    if typed == base:
        merged.behind.append(name)
        return theirs
    if stands == base or is_own:
        merged.written.append(name)
        return mine
    merged.met.append(Met(name, theirs, mine))
    return theirs


def _lines(
    merged: Merged, name: str, mine: list[Data], theirs: list[Data], base: Mapping[str, str],
    own: Collection[str],
) -> list[Data]:  # fmt: skip
    """The lines to keep: mine in my order, then those that others added."""
    typed, stand = ({line[KEY]: line for line in lines} for lines in (mine, theirs))
    kept = [_line(merged, f"{name}:{key}", line, stand.get(key), base, own) for key, line in typed.items()]
    kept += [_left(merged, f"{name}:{key}", line, base) for key, line in stand.items() if key not in typed]
    return [line for line in kept if line is not None]


def _line(
    merged: Merged, name: str, mine: Data, theirs: Data | None, base: Mapping[str, str], own: Collection[str]
) -> Data | None:
    """A line of the page: new, changed, or taken away by somebody else meanwhile."""
    if theirs is not None:
        kept: Data = _one(merged, name, mine, theirs, base.get(name), name in own)
        return kept
    if base.get(name) == fingerprint(mine) and name not in own:
        merged.behind.append(name)
        return None
    merged.written.append(name)
    return mine


def _left(merged: Merged, name: str, theirs: Data, base: Mapping[str, str]) -> Data | None:
    """A line of the dossier that the page does not hold: taken away here, or added by somebody else."""
    if base.get(name) == fingerprint(theirs):
        merged.written.append(name)
        return None
    merged.behind.append(name)
    return theirs


def _fields(data: Mapping[str, Any], apart: Collection[str]) -> Iterator[tuple[str, Any]]:
    for name, value in data.items():
        if name in APART or name in apart:
            continue
        if _is_list(value):
            yield from ((f"{name}:{line[KEY]}", line) for line in value)
        else:
            yield name, value


def _is_list(value: Any) -> bool:
    return isinstance(value, list) and any(isinstance(one, dict) for one in value)


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: _plain(one) for name, one in value.items() if name != KEY}
    if isinstance(value, list | tuple | set):
        return sorted(str(_plain(one)) for one in value)
    if isinstance(value, Enum):
        return str(value.value)
    if value is None or value is False:
        return ""
    return "\n".join(str(value).strip().split("\r\n"))
