"""What the acts of the demonstration share: the rows by key, the present day, and the order of time."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Any

from commission_app.accounts.models import User
from commission_app.binomes.models import Binome
from commission_app.core import clock
from commission_app.core.db import db
from commission_app.dossiers.models import Dossier
from commission_app.sessions.models import CommissionSession
from commission_app.territories.models import Structure, Territory

Act = Callable[[], object]


@dataclass
class World:
    """The rows made so far, and the acts to come. `now` is the moment of the loading."""

    now: datetime
    territories: dict[str, Territory] = field(default_factory=dict)
    houses: dict[str, Structure] = field(default_factory=dict)
    people: dict[str, User] = field(default_factory=dict)
    binomes: dict[tuple[str, str], Binome] = field(default_factory=dict)
    dossiers: dict[str, Dossier] = field(default_factory=dict)
    days: dict[str, CommissionSession] = field(default_factory=dict)
    _acts: list[tuple[datetime, int, Act]] = field(default_factory=list)

    @property
    def today(self) -> date:
        """The day of the loading in metropolitan France."""
        return clock.local(self.now).date()

    def at(self, days: int, hour: int = 10, minute: int = 0) -> datetime:
        """A moment so many days from today (negative: before), never on a week-end, at an hour of the day."""
        on = self.today + timedelta(days=days)
        on -= timedelta(days=max(0, on.weekday() - 4))
        return datetime.combine(on, time(hour, minute), clock.PARIS)

    def plan(self, moment: datetime, act: Callable[..., object], *args: Any, **kwargs: Any) -> None:
        """Have an act done at a moment of the past; acts of one moment keep their order."""
        self._acts.append((min(moment, self.now), len(self._acts), partial(act, *args, **kwargs)))

    def live_through(self) -> None:
        """Do the acts in the order of time, each at its own moment; an act may plan others."""
        while self._acts:
            moment, _order, act = first = min(self._acts, key=lambda planned: planned[:2])
            self._acts.remove(first)
            with clock.frozen(moment):
                act()
                db.session.flush()

    def coordinator(self, code: str) -> User:
        """Who coordinates a territory."""
        return self.people[COORDINATORS[code]]


COORDINATORS = {"ARL": "nora", "ETB": "ondine", "AIX": "florent"}
