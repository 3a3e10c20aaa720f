"""Somebody invited arrives or leaves without a facilitator's help."""

from commission_app.accounts.models import User
from commission_app.core import clock
from commission_app.core.errors import WrongStateError
from commission_app.core.events import record
from commission_app.sessions.day.leading import expect_live
from commission_app.sessions.day.queries import hold, presence_of
from commission_app.sessions.day.room.services import begin_presence
from commission_app.sessions.models import CommissionSession


def arrive(actor: User, day: CommissionSession) -> None:
    """Note one's own arrival, for the structure invited; who is there already stays so.

    Refused to who is not invited, and on a day that is not under way. The caller has checked the code.
    """
    hold(day)
    expect_live(day)
    if presence_of(day, actor.id) is None:
        begin_presence(actor, day, user_id=actor.id)


def leave(actor: User, day: CommissionSession) -> None:
    """Note one's own departure; who comes back begins a new spell of presence."""
    hold(day)
    expect_live(day)
    spell = presence_of(day, actor.id)
    if spell is None:
        raise WrongStateError("Vous n’êtes pas pointé.")
    spell.left_at = clock.now()
    record(actor, "attendance_ended", spell)
