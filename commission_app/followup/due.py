"""What the day of an action says, of the action itself and of its line in a list."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from commission_app.core import clock
from commission_app.followup.states import OPEN_STATES, ActionState

REASON_ERASED = "Motif effacé avec le dossier."


class Due:
    """Something with a state, a day by which it is due, and a moment at which it was done or given up."""

    if TYPE_CHECKING:

        @property
        def due_on(self) -> date: ...
        @property
        def state(self) -> ActionState: ...
        @property
        def done_at(self) -> datetime | None: ...
        @property
        def drop_reason(self) -> str: ...

    @property
    def is_late(self) -> bool:
        """Whether the day has passed and the action still stands open."""
        return self.state in OPEN_STATES and self.due_on < clock.today()

    @property
    def is_open(self) -> bool:
        """Whether it still has to be followed."""
        return self.state in OPEN_STATES

    @property
    def done_in_time(self) -> bool:
        """Whether it was done on its day or before."""
        if self.state is not ActionState.DONE or self.done_at is None:
            return False
        return clock.local(self.done_at).date() <= self.due_on

    @property
    def why_dropped(self) -> str:
        """Why it was given up, '' where it was not."""
        if self.state is not ActionState.DROPPED:
            return ""
        return self.drop_reason or REASON_ERASED
