"""Which pages of a day let a reader in, asked of the policies that guard them."""

from sqlalchemy import select

from commission_app.accounts.models import User
from commission_app.core.db import db
from commission_app.sessions.agenda.policies import can_read_agenda
from commission_app.sessions.day.policies import can_follow_day
from commission_app.sessions.minutes.models import Minutes
from commission_app.sessions.minutes.policies import can_read_minutes, can_read_own_extract
from commission_app.sessions.models import CommissionSession
from commission_app.sessions.states import SessionState

AGENDA, LIVE, MINUTES, EXTRACT = "agenda.show", "day.live", "minutes.show", "minutes.extract"
Doors = frozenset[str]

#: What opens for whoever is expected on the day.
OF_THE_EXPECTED: Doors = frozenset({AGENDA, LIVE})


def doors_of(actor: User, day: CommissionSession) -> Doors:
    """The endpoints that this reader may open in the present state of the day."""
    found: Doors = frozenset({AGENDA} if can_read_agenda(actor, day) else ())
    if day.state is SessionState.CLOSED:
        return found | _of_minutes(actor, day)
    follows = day.state is SessionState.LIVE and can_follow_day(actor, day)
    return found | ({LIVE} if follows else frozenset())


def _of_minutes(actor: User, day: CommissionSession) -> Doors:
    minutes = db.session.scalar(select(Minutes).where(Minutes.commission_session_id == day.id))
    if minutes is None:
        return frozenset()
    if can_read_minutes(actor, minutes):
        return frozenset({MINUTES})
    return frozenset({EXTRACT} if can_read_own_extract(actor, minutes) else ())
