"""The agenda as its readers see it: the published version, less what may no longer be shown."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from commission_app.accounts.models import User
from commission_app.binomes.states import Competence
from commission_app.core.french import hour
from commission_app.sessions.agenda.models import AgendaItem, AgendaVersion
from commission_app.sessions.agenda.policies import invitation_of, reader_structure_ids, reads_presentation
from commission_app.sessions.agenda.queries import agreements_by_dossier, items_of, table_of
from commission_app.sessions.agenda.waiting.queries import may_be_seen_again
from commission_app.sessions.models import CommissionSession
from commission_app.sessions.states import FIXED_KINDS, ItemKind, ItemState


@dataclass(frozen=True)
class Point:
    """One point as read: its hours and name as published; its question while the reader may read it."""

    kind: ItemKind
    name: str
    start: datetime
    end: datetime
    minutes: int
    structure: str
    item: AgendaItem | None
    is_open: bool
    is_withdrawn: bool
    is_expected: bool

    @property
    def is_fixed(self) -> bool:
        """Whether the point is a break."""
        return self.kind in FIXED_KINDS

    @property
    def question(self) -> str:
        """What is asked, for who may read it."""
        return self.item.dossier.question if self.is_open and self.item and self.item.dossier else ""

    @property
    def span(self) -> str:
        """« 10 h 15 à 10 h 55 »."""
        return f"{hour(self.start)} à {hour(self.end)}"

    @property
    def may_be_seen_again(self) -> bool:
        """Whether the point was dealt with and may come to another session."""
        return self.item is not None and not self.is_withdrawn and may_be_seen_again(self.item)

    @property
    def is_postponed(self) -> bool:
        """Whether the point left the day since."""
        return self.item is not None and self.item.state is ItemState.POSTPONED


def points_of(actor: User, day: CommissionSession, version: AgendaVersion) -> list[Point]:
    """The points of a version for one reader.

    A dossier whose agreement no longer holds shows as withdrawn, without its code; a question shows only to
    who may read the presentation.
    """
    items = {item.id: item for item in items_of(day)}
    agreements = agreements_by_dossier([item.dossier_id for item in items.values() if item.dossier_id])
    structure_ids = reader_structure_ids(actor, day)
    own = _own_competences(actor, day)
    points = []
    for content in version.content:
        item = items.get(uuid.UUID(content["item_id"]))
        agreement = agreements.get(item.dossier_id) if item and item.dossier_id else None
        holds = agreement is not None and agreement.holds_today
        is_open = item is not None and reads_presentation(actor, item, agreement, structure_ids)
        points.append(_point(content, item, is_open, holds, own))
    return points


def expected_for(actor: User, day: CommissionSession, item: AgendaItem) -> list[str]:
    """What the reader's structure is awaited for on a situation: what it brings among what is asked."""
    if item.dossier is None or not item.dossier.needed:
        return []
    own = _own_competences(actor, day)
    return [one.label for one in map(Competence, item.dossier.needed) if one in own]


def start_in(version: AgendaVersion | None, item: AgendaItem) -> datetime | None:
    """When a point begins as published."""
    starts = {point["item_id"]: point["starts"] for point in version.content} if version else {}
    return datetime.fromisoformat(starts[str(item.id)]) if str(item.id) in starts else None


def _own_competences(actor: User, day: CommissionSession) -> frozenset[Competence]:
    invitation = invitation_of(actor, day)
    return table_of(day).competences.get(invitation.structure_id, frozenset()) if invitation else frozenset()


def _point(
    content: dict[str, Any], item: AgendaItem | None, is_open: bool, holds: bool, own: frozenset[Competence]
) -> Point:
    is_withdrawn = bool(content["dossier_id"]) and not holds
    needed: Sequence[str] = content["needed"]
    return Point(
        kind=ItemKind(content["kind"]),
        name="Point retiré" if is_withdrawn else content["name"],
        start=datetime.fromisoformat(content["starts"]),
        end=datetime.fromisoformat(content["ends"]),
        minutes=content["minutes"],
        structure=content["structure"],
        item=item,
        is_open=is_open,
        is_withdrawn=is_withdrawn,
        is_expected=not is_withdrawn and any(Competence(value) in own for value in needed),
    )
