"""Which competences a point needs, which structures bring them and when, and what is missing.

Pure functions on what the answers to the convocation say.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time

from commission_app.binomes.states import Competence
from commission_app.core import clock
from commission_app.core.french import NBSP, listed
from commission_app.dossiers.models import Dossier
from commission_app.sessions.agenda.schedule import Slot


@dataclass(frozen=True)
class Presence:
    """A structure that answered it comes, with what it brings and the (local) hours that bound its stay."""

    structure_id: uuid.UUID
    structure_name: str
    competences: frozenset[Competence]
    from_time: time | None = None
    until_time: time | None = None

    @property
    def is_partial(self) -> bool:
        """Whether the structure comes late or leaves early."""
        return self.from_time is not None or self.until_time is not None

    @property
    def words(self) -> str:
        """« présente jusqu’à 15 h », « présente de 10 h à 12 h 30 »."""
        if self.from_time and self.until_time:
            return f"présente de {said(self.from_time)} à {said(self.until_time)}"
        if self.until_time:
            return f"présente jusqu’à {said(self.until_time)}"
        return f"présente à partir de {said(self.from_time)}" if self.from_time else "présente"

    def covers(self, slot: Slot | None) -> bool:
        """Whether the structure is there for the whole of a point (for one not placed: at any time)."""
        if slot is None:
            return True
        start, end = clock.local(slot.start).time(), clock.local(slot.end).time()
        return (self.from_time is None or self.from_time <= start) and (
            self.until_time is None or end <= self.until_time
        )


@dataclass(frozen=True)
class Remark:
    """A line about a point: its words and their tone (muted, ok, warn, stop)."""

    text: str
    tone: str


def said(moment: time) -> str:
    """« 15 h », « 12 h 30 »."""
    return f"{moment.hour}{NBSP}h" + (f"{NBSP}{moment:%M}" if moment.minute else "")


def missing_of(
    needed: Sequence[Competence],
    presences: Sequence[Presence],
    slot: Slot | None = None,
    written: frozenset[Competence] = frozenset(),
) -> list[Competence]:
    """The competences of which nobody is there for the whole of the point, nor wrote an opinion."""
    there = [presence for presence in presences if presence.covers(slot)]
    brought = written.union(*(presence.competences for presence in there))
    return [wanted for wanted in needed if wanted not in brought]


def coverage_remarks(
    needed: Sequence[Competence],
    presences: Sequence[Presence],
    slot: Slot | None = None,
    written: frozenset[Competence] = frozenset(),
) -> list[Remark]:
    """What to say of the competences of a point: what is missing, what is there for a part of the day only,
    what is answered in writing, or that all are there. Nothing when the point needs none."""
    if not needed:
        return []
    missing = missing_of(needed, presences, slot, written)
    remarks = [Remark(f"Il manque : {_names(missing)}", "stop")] if missing else []
    for wanted in needed:
        remarks += _limits(wanted, wanted in missing, wanted in written, presences, slot)
    return remarks or [Remark("Compétences présentes", "ok")]


def _limits(
    wanted: Competence, is_missing: bool, is_written: bool, presences: Sequence[Presence], slot: Slot | None
) -> list[Remark]:
    bringing = [presence for presence in presences if wanted in presence.competences]
    if any(not presence.is_partial for presence in bringing):
        return []
    partial = [presence for presence in bringing if is_missing or presence.covers(slot)][:1]
    if is_written and not partial:
        return [Remark(f"{wanted.label} : avis écrit reçu", "ok")]
    return [Remark(f"{wanted.label} : {presence.words}", "warn") for presence in partial]


def _names(competences: Sequence[Competence]) -> str:
    return listed([wanted.label.lower() for wanted in competences])


def needed_by(dossier: Dossier | None) -> list[Competence]:
    """The competences that a dossier names; a point without one needs none."""
    return [Competence(value) for value in dossier.needed] if dossier else []
