"""In which audiences those stand who were let in a moment ago, so that a room that comes back is not read
from the database person by person.

A pass holds what an open line holds: the audiences that the database gave, until an act that changes rights.
Who comes with one is treated as who stayed: passes end with the first such act, in this process before its
answer, from another within a look of the watch.
"""

import threading
import time
import uuid
from collections.abc import Callable, Iterable

from commission_app.realtime.lines import Visitor
from commission_app.sessions.day.fragments import Audience

LASTING_SECONDS = 600.0
MOST = 5_000

#: Acts after which somebody may see less (or more) than when the socket connected.
RIGHTS = (
    "membership_",
    "invitation_removed",
    "facilitators_",
    "account_",
    "session_cancelled",
    "item_removed",
    "guest_revoked",
    "agreement_",
    "dossier_withdrawn",
)

Holder = tuple[uuid.UUID | None, uuid.UUID | None, uuid.UUID]
Look = Callable[[Visitor, uuid.UUID], frozenset[Audience]]


class Passes:
    """What was read of rights since they last changed."""

    def __init__(self, look: Look) -> None:
        self._look = look
        self._lock = threading.Lock()
        self._held: dict[Holder, tuple[frozenset[Audience], float]] = {}
        self._spell = 0
        self._latest = -LASTING_SECONDS

    @property
    def spell(self) -> int:
        """Changes whenever rights changed: what was read in another spell must be read again."""
        return self._spell

    def audiences_of(self, visitor: Visitor, day_id: uuid.UUID) -> frozenset[Audience]:
        """Where a visitor stands; what was refused is asked anew each time."""
        holder, now = (visitor.user_id, visitor.screen_link_id, day_id), time.monotonic()
        with self._lock:
            spell, held = self._spell, self._held.get(holder)
        if held is not None and now - held[1] < LASTING_SECONDS:
            return held[0]
        audiences = self._look(visitor, day_id)
        with self._lock:
            if audiences and spell == self._spell:
                self._forget_some()
                self._held[holder] = (audiences, now)
                self._latest = now
        return audiences

    def are_held(self) -> bool:
        """Whether somebody may come by a pass: as long as that is so, rights are watched."""
        return time.monotonic() - self._latest < LASTING_SECONDS

    def heed(self, happened: Iterable[str]) -> bool:
        """End with the first act that changes rights; whether there was one."""
        changes = any(name.startswith(RIGHTS) for name in happened)
        if changes:
            self.end()
        return changes

    def end(self) -> None:
        """Rights changed."""
        with self._lock:
            self._spell += 1
            self._latest = -LASTING_SECONDS
            self._held.clear()

    def _forget_some(self) -> None:
        if len(self._held) >= MOST:
            self._held.clear()
