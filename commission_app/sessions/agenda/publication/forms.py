"""What publishing and written opinions send."""

from wtforms import IntegerField, TextAreaField
from wtforms.validators import InputRequired, Length
from wtforms.widgets import HiddenInput

from commission_app.core.forms import Form


class PublishForm(Form):
    """Publish the version that follows number `after`."""

    after = IntegerField(widget=HiddenInput(), validators=[InputRequired()])


class OpinionForm(Form):
    """The opinion of a structure on a point it cannot attend."""

    text = TextAreaField(
        "Votre avis",
        description="Ce que votre structure peut proposer, à quelles conditions, et qui appeler.",
        validators=[
            InputRequired("Écrivez votre avis."),
            Length(max=4000, message="4 000 signes au plus."),
        ],
    )
