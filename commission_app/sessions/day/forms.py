"""Forms of the live day."""

from wtforms import SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from commission_app.core.forms import Form, uuid_or_none


class SeenForm(Form):
    """Which point the person saw as current when pressing the button."""

    seen = StringField()


class FloorForm(Form):
    """Give or take the floor."""

    act = SelectField(choices=[("give", "Passer"), ("take", "Prendre")])


class NotesForm(Form):
    """The notes of a point, with the print of the text on which the form was opened."""

    text = TextAreaField("Notes")
    seen = StringField()


class PostponeForm(Form):
    """Where a point goes, and why."""

    to = SelectField("À quelle session", coerce=uuid_or_none)
    reason = StringField(
        "Pourquoi",
        description="Le compte rendu le dira. Exemple : le temps a manqué.",
        validators=[InputRequired("Dites pourquoi le point est reporté."), Length(max=300)],
    )


class CloseForm(Form):
    """How many points without a decision the person was shown."""

    undecided = StringField()
