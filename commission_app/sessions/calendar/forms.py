"""What is typed about the year."""

from wtforms import DateField
from wtforms.validators import InputRequired

from commission_app.core.forms import Form, VersionedForm


class AddDateForm(Form):
    """One more date."""

    on = DateField("Date", [InputRequired("Choisissez une date.")])


class MoveForm(VersionedForm):
    """Another date for a day."""

    on = DateField("Nouvelle date", [InputRequired("Choisissez une date.")])
