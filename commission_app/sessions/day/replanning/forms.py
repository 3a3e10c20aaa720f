"""Forms of what is left of a day."""

from wtforms import IntegerField, StringField
from wtforms.validators import InputRequired, NumberRange

from commission_app.core.forms import Form
from commission_app.sessions.agenda.services import LONGEST_MINUTES, SHORTEST_MINUTES

LENGTH = "Indiquez une durée de 10 à 300 minutes."


class WayForm(Form):
    """Which proposal of the assistant."""

    key = StringField(validators=[InputRequired()])


class DirectionForm(Form):
    """Towards which end of the day a point moves."""

    to = StringField()


class LengthForm(Form):
    """How long a point shall last."""

    minutes = IntegerField(
        "Minutes",
        validators=[InputRequired(LENGTH), NumberRange(SHORTEST_MINUTES, LONGEST_MINUTES, message=LENGTH)],
    )


class ChangeForm(Form):
    """Which change is taken back."""

    change = StringField()
