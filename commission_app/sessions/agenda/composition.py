"""What the composer shows: the day to scale with a remark beside each point, what waits, and the sums."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from commission_app.binomes.states import Competence
from commission_app.core import clock
from commission_app.core.french import duration, hour, listed, short_date
from commission_app.dossiers.models import Dossier
from commission_app.dossiers.states import Urgency
from commission_app.sessions.agenda import schedule
from commission_app.sessions.agenda.arrangement import Arrangement, arrangement_of, is_reported
from commission_app.sessions.agenda.coverage import Remark, coverage_remarks, missing_of, needed_by
from commission_app.sessions.agenda.models import AgendaItem
from commission_app.sessions.agenda.queries import (
    Table,
    next_session_after,
    placed_items,
    table_of,
)
from commission_app.sessions.agenda.schedule import Slot
from commission_app.sessions.agenda.waiting.queries import NOT_TOPICS, Waiting, waiting_for
from commission_app.sessions.models import CommissionSession
from commission_app.sessions.states import ItemKind, ItemState, SessionState

_MOVABLE = {ItemState.WAITING}


@dataclass(frozen=True)
class Row:
    """One point on the scale: its slot, its title, what is to be said of it, its place in the order."""

    slot: Slot
    title: str
    remarks: list[Remark]
    place: int

    @property
    def item(self) -> AgendaItem:
        """The point."""
        return self.slot.item

    @property
    def is_movable(self) -> bool:
        """Whether the composer may still change it: once the day has begun, the desk does."""
        has_begun = self.item.commission_session.state is SessionState.LIVE
        return self.item.state in _MOVABLE and not has_begun

    @property
    def may_recur(self) -> bool:
        """Whether the point is a topic, which may come back at each session."""
        return self.item.dossier_id is None and self.item.kind not in NOT_TOPICS

    @property
    def tone(self) -> str:
        """How the slot is drawn: plain, a fixed break, or past the end."""
        if self.slot.is_over:
            return "over"
        return "fixed" if self.item.is_fixed else ""


@dataclass(frozen=True)
class Composition:
    """The whole composer of one day."""

    day: CommissionSession
    rows: list[Row]
    waiting: Waiting
    table: Table
    picked: Row | None
    suggestion: Arrangement | None
    slots: list[Slot] = field(default_factory=list)

    @property
    def over(self) -> int:
        """The minutes past the end of the day."""
        return schedule.overflow_minutes(self.slots, self.day)

    @property
    def points(self) -> int:
        """The minutes of all points but the breaks."""
        return schedule.points_minutes(self.slots)

    @property
    def room(self) -> int:
        """The minutes that the day has for points."""
        return schedule.room_minutes(self.slots, self.day)

    @property
    def marks(self) -> list[tuple[int, str]]:
        """The hours beside the scale."""
        return schedule.hour_marks(self.slots, self.day)

    @property
    def end_unit(self) -> int:
        """Where the end of the day stands on the scale."""
        return schedule.end_unit(self.day)

    @property
    def missing(self) -> list[Competence]:
        """Every competence that is missing at some point, each once."""
        found = [
            missing_of(needed_by(row.item.dossier), self.table.presences, row.slot, self.written(row))
            for row in self.rows
        ]
        return list(dict.fromkeys(competence for missing in found for competence in missing))

    @property
    def missing_words(self) -> str:
        """« logement et santé »."""
        return listed([competence.label.lower() for competence in self.missing])

    def written(self, row: Row) -> frozenset[Competence]:
        """The competences answered in writing for a point."""
        return self.table.written_for(row.item)

    def waiting_lines(self, dossier: Dossier) -> list[tuple[str, str]]:
        """What to say of the competences of a dossier not placed yet: (words, tone)."""
        remarks = coverage_remarks(needed_by(dossier), self.table.presences)
        return [(remark.text, remark.tone) for remark in remarks]

    def needed_words(self, dossier: Dossier) -> str:
        """« santé, mobilité »."""
        return ", ".join(competence.label.lower() for competence in needed_by(dossier))


def composition_of(day: CommissionSession, *, picked_id: uuid.UUID | None = None) -> Composition:
    """Read a day and what waits for it, for whoever composes its agenda. A day under way has its hours of
    now, and nothing is proposed: it is rearranged from the desk."""
    is_live = day.state is SessionState.LIVE
    placed = placed_items(day)
    items = [one.item for one in placed]
    slots = schedule.schedule_of(items, day, clock.now() if is_live else None)
    table = table_of(day)
    rows = _rows(slots, day, table, {one.item.id: one.agreed_until for one in placed})
    target = next_session_after(day) if schedule.overflow_minutes(slots, day) else None
    return Composition(
        day=day,
        rows=rows,
        waiting=waiting_for(day, items),
        table=table,
        picked=next((row for row in rows if row.item.id == picked_id and row.is_movable), None),
        suggestion=None if is_live else arrangement_of(items, day, target),
        slots=slots,
    )


def _rows(
    slots: Sequence[Slot],
    day: CommissionSession,
    table: Table,
    agreed: dict[uuid.UUID, date | None],
) -> list[Row]:
    rows = []
    for place, slot in enumerate(slots):
        before = slots[place - 1].item if place else None
        remarks = [
            *_over(slot),
            *coverage_remarks(
                needed_by(slot.item.dossier), table.presences, slot, table.written_for(slot.item)
            ),
            *_agreement(slot.item, day, agreed[slot.item.id]),
            *_origin(slot.item, before),
        ]
        remarks.sort(key=lambda remark: ("stop", "warn", "ok", "muted").index(remark.tone))
        rows.append(Row(slot, _title(slot.item), remarks, place))
    return rows


def _title(item: AgendaItem) -> str:
    if item.dossier is None:
        return item.name
    urgent = " · urgent" if item.dossier.urgency is Urgency.URGENT else ""
    return f"{item.dossier.code}{urgent}"


def _over(slot: Slot) -> list[Remark]:
    if slot.is_outside:
        return [Remark("Hors de la journée", "stop")]
    if slot.is_over:
        return [Remark(f"Déborde de {duration(slot.over_minutes)}", "stop")]
    if slot.late_minutes and slot.item.kind is not ItemKind.WELCOME:
        return [Remark(f"{duration(slot.late_minutes)} après son heure", "warn")]
    return []


def _agreement(item: AgendaItem, day: CommissionSession, until: date | None) -> list[Remark]:
    if item.dossier_id is None:
        return []
    if until is None or until < clock.today():
        return [Remark("Pas d’accord de partage valable", "stop")]
    if until < clock.local(day.starts_at).date():
        return [Remark(f"Accord de partage à renouveler avant le {short_date(until)}", "warn")]
    return []


def _origin(item: AgendaItem, before: AgendaItem | None) -> list[Remark]:
    if item.is_recurring:
        return [Remark("Revient à chaque session", "muted")]
    if item.followed_item is not None:
        word = "Reporté" if is_reported(item) else "Suite"
        return [Remark(f"{word} du {short_date(item.followed_item.commission_session.starts_at)}", "muted")]
    if item.dossier and before and before.dossier and before.presenter_id == item.presenter_id:
        return [Remark(f"Même référent d’étape que {before.dossier.code} : pas d’attente", "muted")]
    if item.proposal_id is not None and item.presenter is not None and item.presenter.structure_name:
        return [Remark(f"Proposé par {item.presenter.structure_name}", "muted")]
    return []


def announcement(row: Row | None) -> str:
    """What a screen reader says once a point has moved: « ARL-2026-014, 10 h 20 à 11 h »."""
    return f"{row.title}, {hour(row.slot.start)} à {hour(row.slot.end)}" if row else ""
