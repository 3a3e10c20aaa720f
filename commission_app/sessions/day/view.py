"""What live pages show of a day at one instant: pure content, pseudonymous, the same for everyone who may
see it."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime

from commission_app.sessions.states import (
    DecisionKind,
    ItemKind,
    ItemState,
    ParkedKind,
    SessionState,
    Stance,
)


@dataclass(frozen=True)
class Point:
    """A line of the order of the day, with the hour at which it began or is expected."""

    id: uuid.UUID
    number: int
    name: str
    short_name: str
    kind: ItemKind
    state: ItemState
    starts_at: datetime
    planned_minutes: int
    is_fixed: bool
    code: str


@dataclass(frozen=True)
class Situation:
    """What the room reads of the dossier under way."""

    question: str
    header: str
    reasons: tuple[str, ...]
    freins: tuple[str, ...]
    strengths: tuple[str, ...]


@dataclass(frozen=True)
class Current:
    """The point under way. `is_reserved` says that its situation is not shared with everybody there."""

    point: Point
    version: int
    text: str
    presenter: str
    notes: str
    notes_print: str
    situation: Situation | None
    is_reserved: bool = False

    @property
    def question(self) -> str:
        """The largest sentence of the point."""
        return self.situation.question if self.situation else self.text


@dataclass(frozen=True)
class Clock:
    """Moments and lengths from which each browser draws the clock itself. Lengths are in seconds."""

    now: datetime
    started_at: datetime | None = None
    spent: int = 0
    paused: int = 0
    planned: int = 0
    paused_at: datetime | None = None
    ends_at: datetime | None = None
    late_minutes: int = 0
    late_before: datetime | None = None
    late_name: str = ""

    @property
    def elapsed(self) -> int:
        """How long the point has lasted."""
        if self.started_at is None:
            return self.spent
        running = ((self.paused_at or self.now) - self.started_at).total_seconds() - self.paused
        return self.spent + max(0, int(running))

    @property
    def minutes(self) -> int:
        """The same in whole minutes."""
        return self.elapsed // 60

    @property
    def left(self) -> int:
        """The minutes left of those planned; below zero once they are passed."""
        return self.planned // 60 - self.minutes


@dataclass(frozen=True)
class Said:
    """What somebody says of a decision that is read back."""

    user_id: uuid.UUID
    structure: str
    stance: Stance
    words: str


@dataclass(frozen=True)
class Draft:
    """The decision in preparation. `point` names what it is about; `replaces` is the number that it
    corrects."""

    id: uuid.UUID | None
    version: int
    item_id: uuid.UUID
    point: str
    kind: DecisionKind
    text: str
    structure_id: uuid.UUID | None = None
    structure: str = ""
    due_on: date | None = None
    teller_id: uuid.UUID | None = None
    teller: str = ""
    tell_on: date | None = None
    action_title: str = ""
    offer_name: str = ""
    theme: str = ""
    replaces: int | None = None
    read_back_at: datetime | None = None
    said: tuple[Said, ...] = ()

    @property
    def agreed(self) -> int:
        """How many agree."""
        return sum(one.stance is Stance.AGREED for one in self.said)

    @property
    def reserved(self) -> tuple[Said, ...]:
        """Who has a reservation."""
        return tuple(one for one in self.said if one.stance is Stance.RESERVED)


@dataclass(frozen=True)
class Decided:
    """A decision of the day. `replaced_by` is the number of the one that stands instead, if any."""

    id: uuid.UUID
    number: int
    kind: DecisionKind
    text: str
    decided_at: datetime
    point: str
    structure_id: uuid.UUID | None
    structure: str
    due_on: date | None
    replaces: int | None
    replaced_by: int | None


@dataclass(frozen=True)
class Hand:
    """Somebody who asks to speak, or speaks since `given_at`."""

    id: uuid.UUID
    user_id: uuid.UUID
    name: str
    structure: str
    given_at: datetime | None

    @property
    def speaks(self) -> bool:
        """Whether this is who speaks at this moment."""
        return self.given_at is not None


@dataclass(frozen=True)
class Seat:
    """Somebody invited, and where that person is."""

    user_id: uuid.UUID
    name: str
    structure: str
    answer: str
    is_awaited: bool
    arrived_at: datetime | None
    left_at: datetime | None
    stands_in: str

    @property
    def is_there(self) -> bool:
        """Whether the person is in the room."""
        return self.arrived_at is not None and self.left_at is None


@dataclass(frozen=True)
class Parked:
    """An idea kept for later or put forward by a structure."""

    id: uuid.UUID
    kind: ParkedKind
    text: str
    structure: str


@dataclass(frozen=True)
class LiveView:
    """A day at one instant. Fragments are rendered from it and from nothing else."""

    id: uuid.UUID
    version: int
    state: SessionState
    title: str
    territories: str
    starts_at: datetime
    closed_at: datetime | None
    floor_id: uuid.UUID | None
    facilitators: tuple[tuple[uuid.UUID, str], ...]
    clock: Clock
    points: tuple[Point, ...]
    current: Current | None
    draft: Draft | None
    decisions: tuple[Decided, ...] = ()
    hands: tuple[Hand, ...] = ()
    there: tuple[tuple[uuid.UUID, datetime], ...] = ()
    spoken: tuple[tuple[str, int], ...] = ()
    seats: tuple[Seat, ...] = ()
    parked: tuple[Parked, ...] = ()
    structures: tuple[tuple[uuid.UUID, str], ...] = ()
    tellers: tuple[tuple[uuid.UUID, str], ...] = ()
    change: tuple[uuid.UUID, str] | None = None
    coverage: tuple[tuple[str, str], ...] = ()
    opinions: tuple[tuple[str, str], ...] = ()

    @property
    def floor_name(self) -> str:
        """Who leads the day at this moment."""
        return dict(self.facilitators).get(self.floor_id, "") if self.floor_id else ""

    @property
    def is_live(self) -> bool:
        """Whether the day is under way."""
        return self.state is SessionState.LIVE

    @property
    def counted(self) -> tuple[Point, ...]:
        """The points that bear a number."""
        return tuple(point for point in self.points if not point.is_fixed)

    @property
    def coming(self) -> tuple[Point, ...]:
        """The points still to come; a day that is closed has none, whatever was left."""
        if self.closed_at is not None:
            return ()
        return tuple(point for point in self.points if point.state is ItemState.WAITING)

    @property
    def read_back(self) -> Draft | None:
        """The decision that the room is reading."""
        return self.draft if self.draft is not None and self.draft.read_back_at is not None else None

    @property
    def personal_key(self) -> str:
        """Changes when what a page shows to its own reader may have changed: then that page asks again."""
        read = f"{self.read_back.id}:{self.read_back.version}" if self.read_back else ""
        return f"{read}|{len(self.decisions)}|{self.state.value}"
