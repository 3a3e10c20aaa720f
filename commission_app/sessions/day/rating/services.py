"""Say how the day was."""

from commission_app.accounts.models import User
from commission_app.core.db import db
from commission_app.core.errors import WrongStateError
from commission_app.core.events import record
from commission_app.core.policies import require
from commission_app.sessions.day.policies import can_take_part
from commission_app.sessions.day.queries import hold
from commission_app.sessions.day.rating.models import DayRating
from commission_app.sessions.day.rating.queries import own_rating
from commission_app.sessions.models import CommissionSession
from commission_app.sessions.states import Feeling, SessionState


def rate_day(
    actor: User, day: CommissionSession, *, useful: Feeling | None = None, heard: Feeling | None = None
) -> None:
    """Answer one of the two questions, or both; an answer may be changed. Refused before the day is closed
    and to who did not take part in it."""
    require(can_take_part(actor, day))
    if day.state is not SessionState.CLOSED:
        raise WrongStateError("Vous direz votre avis une fois la journée close.")
    hold(day)
    rating = own_rating(day.id, actor.id)
    if rating is None:
        rating = DayRating(commission_session_id=day.id, user_id=actor.id)
        db.session.add(rating)
    rating.useful, rating.heard = useful or rating.useful, heard or rating.heard
    record(actor, "day_rated", rating)
