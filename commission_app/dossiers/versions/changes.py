"""What changed between two versions: words added and taken away, freins lifted and new."""

import difflib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from commission_app.dossiers.states import DiagnosisItem, Level, Part, Sphere, sphere_of

Segment = tuple[str, str]


@dataclass(frozen=True)
class Changed:
    """One line of a part that changed, as segments: kept, added, gone."""

    label: str
    segments: tuple[Segment, ...]


@dataclass(frozen=True)
class PartChanges:
    """What changed in a part."""

    part: Part
    lines: tuple[Changed, ...]


@dataclass(frozen=True)
class Move:
    """An item of the diagnosis on two days."""

    item: DiagnosisItem
    before: Level
    now: Level
    note: str

    @property
    def sphere(self) -> Sphere:
        """Where it stands in the socle commun."""
        return sphere_of(self.item)

    @property
    def has_moved(self) -> bool:
        """Whether it stands elsewhere than before."""
        return self.before is not self.now


def changes_between(before: Mapping[str, Any], now: Mapping[str, Any]) -> list[PartChanges]:
    """The parts that changed, each with the lines that did."""
    found = (PartChanges(part, tuple(_lines(_of(before, part), _of(now, part)))) for part in Part)
    return [changes for changes in found if changes.lines]


def moves_between(before: Mapping[str, Any], now: Mapping[str, Any]) -> list[Move]:
    """Every item of the socle commun on both days; not written is not discussed."""
    nothing = [Level.NOT_DISCUSSED.value, ""]
    return [
        Move(
            item,
            Level(before.get(item.value, nothing)[0]),
            Level(now.get(item.value, nothing)[0]),
            now.get(item.value, nothing)[1],
        )
        for item in DiagnosisItem
    ]


def segments(before: str, now: str) -> list[Segment]:
    """Two texts as one: runs of words that stayed, went (« gone ») or came (« added »)."""
    old, new = (re.findall(r"\S+\s*", text) for text in (before, now))
    found: list[Segment] = []
    for act, i1, i2, j1, j2 in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if act == "equal":
            found.append(("kept", "".join(old[i1:i2])))
            continue
        if i2 > i1:
            found.append(("gone", "".join(old[i1:i2]).rstrip()))
        if j2 > j1:
            found.append(("added", "".join(new[j1:j2]).rstrip()))
    return found


def _of(content: Mapping[str, Any], part: Part) -> dict[str, str]:
    texts: dict[str, list[str]] = {}
    for label, text in content.get("parts", {}).get(part.value, []):
        texts.setdefault(label, []).append(text)
    return {label: "\n".join(said) for label, said in texts.items()}


def _lines(before: Mapping[str, str], now: Mapping[str, str]) -> Iterable[Changed]:
    for label in dict.fromkeys([*now, *before]):
        old, new = before.get(label, ""), now.get(label, "")
        if old != new:
            yield Changed(label, tuple(segments(old, new)))
