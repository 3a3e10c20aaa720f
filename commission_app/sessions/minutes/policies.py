"""Who reads the minutes of a day, and who validates them."""

from commission_app.accounts.models import User
from commission_app.accounts.states import Role
from commission_app.sessions.agenda.policies import invitation_of, presents_on
from commission_app.sessions.minutes.models import Minutes
from commission_app.sessions.models import CommissionSession
from commission_app.sessions.policies import can_prepare_session, is_facilitator
from commission_app.sessions.states import MinutesState


def can_validate_minutes(actor: User, day: CommissionSession) -> bool:
    """The two facilitators of the day validate, each once."""
    return is_facilitator(actor, day)


def can_write_minutes(actor: User, minutes: Minutes) -> bool:
    """The facilitators and the coordination word the introduction, until both have validated."""
    day = minutes.commission_session
    is_open = minutes.state is MinutesState.DRAFT
    return is_open and (is_facilitator(actor, day) or can_prepare_session(actor, day))


def can_read_minutes(actor: User, minutes: Minutes) -> bool:
    """The facilitators and the coordination read the draft; the people invited and the pilots, once it is
    validated."""
    day = minutes.commission_session
    if is_facilitator(actor, day) or can_prepare_session(actor, day):
        return True
    return minutes.state is MinutesState.VALIDATED and (
        invitation_of(actor, day) is not None or _is_pilot(actor, day)
    )


def can_read_own_extract(actor: User, minutes: Minutes) -> bool:
    """A référent reads what was decided on the own dossiers once the minutes are validated."""
    return presents_on(actor, minutes.commission_session) and (
        minutes.state is MinutesState.VALIDATED or can_read_minutes(actor, minutes)
    )


def _is_pilot(actor: User, day: CommissionSession) -> bool:
    territories = {territory.id for territory in day.territories} | {day.territory_id}
    return actor.holds_everywhere(Role.PILOT) or not territories.isdisjoint(actor.territory_ids(Role.PILOT))
