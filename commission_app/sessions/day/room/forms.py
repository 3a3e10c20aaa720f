"""Forms of the room."""

from wtforms import SelectField, StringField, ValidationError
from wtforms.validators import InputRequired, Length

from commission_app.core.forms import Form
from commission_app.sessions.states import ParkedKind


class CheckInForm(Form):
    """Who came instead of the person invited, if anybody."""

    stands_in = StringField("Remplacé par", validators=[Length(max=120)])

    def validate_stands_in(self, field: StringField) -> None:
        """A stand-in without a name would note the person invited as there."""
        if field.raw_data and not field.data:
            raise ValidationError("Écrivez le nom de qui remplace.")


class ParkForm(Form):
    """An idea kept by the facilitators."""

    kind = SelectField("Genre", choices=ParkedKind.choices())
    text = StringField("L’idée en quelques mots", validators=[Length(max=300)])


class ProposeForm(Form):
    """What a structure puts forward."""

    text = StringField(
        "Votre proposition", validators=[InputRequired("Écrivez votre proposition."), Length(max=300)]
    )
