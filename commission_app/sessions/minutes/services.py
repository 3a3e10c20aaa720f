"""Opening, wording and validating the minutes of a day."""

from commission_app.accounts.models import User
from commission_app.core import clock
from commission_app.core.db import db
from commission_app.core.errors import WrongStateError
from commission_app.core.events import record
from commission_app.core.policies import require
from commission_app.sessions.minutes.models import Minutes
from commission_app.sessions.minutes.policies import can_validate_minutes, can_write_minutes
from commission_app.sessions.models import CommissionSession
from commission_app.sessions.states import MinutesState


def open_minutes(day: CommissionSession) -> Minutes:
    """Make the minutes of a day that has just been closed. Called without an account, by the event of the
    closing."""
    minutes = Minutes(commission_session=day)
    db.session.add(minutes)
    record(None, "minutes_opened", minutes)
    return minutes


def write_introduction(actor: User, minutes: Minutes, *, introduction: str, version: int) -> None:
    """Word the introduction; refused once the minutes are validated, and on a stale version.

    A text changed after a first validation takes that validation back: nobody validates unread.
    """
    require(can_write_minutes(actor, minutes), "Le compte rendu est validé : il ne change plus.")
    minutes.expect_version(version)
    minutes.introduction = introduction
    minutes.first_by_id, minutes.first_at = None, None
    record(actor, "minutes_written", minutes)


def validate_minutes(actor: User, minutes: Minutes, *, version: int) -> None:
    """Validate as one of the two facilitators, each once; with both the minutes are final."""
    require(can_validate_minutes(actor, minutes.commission_session), "Les deux animateurs valident.")
    minutes.expect_version(version)
    if minutes.state is MinutesState.VALIDATED or minutes.first_by_id == actor.id:
        raise WrongStateError("Vous avez déjà validé ce compte rendu.")
    if minutes.first_by_id is None:
        minutes.first_by_id, minutes.first_at = actor.id, clock.now()
        record(actor, "minutes_signed", minutes)
        return
    minutes.second_by_id, minutes.second_at = actor.id, clock.now()
    minutes.state = MinutesState.VALIDATED
    record(actor, "minutes_validated", minutes)
