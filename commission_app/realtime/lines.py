"""Who is connected to this process, and what each was let in for."""

import threading
import uuid
from collections import defaultdict
from dataclasses import dataclass

from commission_app.sessions.day.fragments import Audience


@dataclass(frozen=True)
class Visitor:
    """Somebody signed in, a room screen, or a guest by a personal link."""

    login_id: uuid.UUID | None = None
    user_id: uuid.UUID | None = None
    screen_link_id: uuid.UUID | None = None
    guest_id: uuid.UUID | None = None


@dataclass(frozen=True)
class Connected:
    """One open socket: who, of which day, in which audiences."""

    sid: str
    engine_sid: str
    day_id: uuid.UUID
    visitor: Visitor
    audiences: frozenset[Audience]
    is_guest: bool = False


class Lines:
    """The open sockets of this process."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._by_sid: dict[str, Connected] = {}

    def add(self, connected: Connected) -> None:
        """Note an open socket."""
        with self._lock:
            self._by_sid[connected.sid] = connected

    def remove(self, sid: str) -> Connected | None:
        """Forget a socket that closed."""
        with self._lock:
            return self._by_sid.pop(sid, None)

    def of(self, sid: str) -> Connected | None:
        """What an open socket was let in for."""
        with self._lock:
            return self._by_sid.get(sid)

    def all(self) -> list[Connected]:
        """Every open socket."""
        with self._lock:
            return list(self._by_sid.values())

    def days(self) -> set[uuid.UUID]:
        """The days that somebody follows here."""
        return {connected.day_id for connected in self.all()}

    def has(self, day_id: uuid.UUID) -> bool:
        """Whether somebody follows a day here."""
        return any(connected.day_id == day_id for connected in self.all())

    def people(self) -> dict[uuid.UUID, set[uuid.UUID]]:
        """Who is connected to each day, screens left out."""
        found: dict[uuid.UUID, set[uuid.UUID]] = defaultdict(set)
        for connected in self.all():
            if connected.visitor.user_id is not None:
                found[connected.day_id].add(connected.visitor.user_id)
        return found


def audience_room(day_id: uuid.UUID, audience: Audience) -> str:
    """The room in which one rendering goes to all who share it."""
    return f"session:{day_id}:{audience.value}"


def guest_room(day_id: uuid.UUID) -> str:
    """The room of the guests of a day: they are told that something happened, and ask what under their own
    rights."""
    return f"session:{day_id}:guests"


def day_room(day_id: uuid.UUID) -> str:
    """The room of everyone who follows a day."""
    return f"session:{day_id}"
