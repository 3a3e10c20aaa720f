"""What the assistant's proposal would make of a day, before anybody applies it."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from commission_app.sessions.agenda import schedule
from commission_app.sessions.agenda.arrangement import Arrangement, arrangement_of
from commission_app.sessions.agenda.models import AgendaItem
from commission_app.sessions.agenda.queries import items_of, next_session_after
from commission_app.sessions.agenda.schedule import Slot
from commission_app.sessions.models import CommissionSession
from commission_app.sessions.states import SessionState


@dataclass(frozen=True)
class Preview:
    """The proposal, the hours it leads to, and the stamp of the day it was made for."""

    arrangement: Arrangement
    before: list[Slot]
    after: list[Slot]
    stamp: str
    marks: list[tuple[int, str]]
    end_unit: int

    @property
    def facts(self) -> list[tuple[str, str]]:
        """The reasons as the component `reasons` takes them."""
        return [("ok", reason) for reason in self.arrangement.reasons]

    @property
    def changed_ids(self) -> set[uuid.UUID]:
        """The points that get other hours."""
        return {new.item.id for _old, new in self.moved}

    @property
    def moved(self) -> list[tuple[Slot, Slot]]:
        """The points that get other hours: (before, after)."""
        was = {slot.item.id: slot for slot in self.before}
        pairs = [(was[slot.item.id], slot) for slot in self.after if slot.item.id in was]
        return [(old, new) for old, new in pairs if (old.start, old.end) != (new.start, new.end)]


def preview_of(day: CommissionSession) -> Preview | None:
    """The present proposal of the assistant with its effect; None when there is nothing to propose, or when
    the day is under way."""
    if day.state is SessionState.LIVE:
        return None
    items = items_of(day)
    arrangement = arrangement_of(items, day, next_session_after(day))
    if arrangement is None:
        return None
    after = schedule.schedule_of(arrangement.order, day, lengths=arrangement.minutes)
    return Preview(
        arrangement=arrangement,
        before=schedule.schedule_of(items, day),
        after=after,
        stamp=stamp_of(items),
        marks=schedule.hour_marks(after, day),
        end_unit=schedule.end_unit(day),
    )


def stamp_of(items: Sequence[AgendaItem]) -> str:
    """A short print of the points, their order and lengths: it changes as soon as one of them does."""
    text = ";".join(f"{item.id}:{item.version}" for item in items)
    return sha256(text.encode()).hexdigest()[:16]
