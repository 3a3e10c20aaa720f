"""Two questions at the end of a day."""

import uuid

from flask import Blueprint
from flask.typing import ResponseReturnValue
from wtforms import StringField

from commission_app.accounts.web import me
from commission_app.core.db import commit
from commission_app.core.errors import InvalidInputError
from commission_app.core.forms import Form
from commission_app.sessions.day.answers import answer
from commission_app.sessions.day.fragments import Audience
from commission_app.sessions.day.queries import get_followed_day
from commission_app.sessions.day.rating.services import rate_day
from commission_app.sessions.states import Feeling

bp = Blueprint("rating", __name__)


class RatingForm(Form):
    """One tap answers one question."""

    useful = StringField()
    heard = StringField()


@bp.post("/sessions/<uuid:session_id>/bilan")
def rate(session_id: uuid.UUID) -> ResponseReturnValue:
    """Keep an answer."""
    day = get_followed_day(me(), session_id)
    form = RatingForm()
    rate_day(me(), day, useful=_feeling(form.useful.data), heard=_feeling(form.heard.data))
    commit()
    return answer(me(), session_id, Audience.MEMBERS, "Merci. Vous pouvez encore changer d’avis.")


def _feeling(value: str | None) -> Feeling | None:
    if not value:
        return None
    found = next((one for one in Feeling if one.value == value), None)
    if found is None:
        raise InvalidInputError("Choisissez parmi les réponses proposées.")
    return found
