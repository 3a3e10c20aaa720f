"""Forms of decisions."""

from typing import Any

from wtforms import DateField, SelectField, StringField, TextAreaField
from wtforms.validators import Length, Optional

from commission_app.core.forms import Form, VersionedForm, uuid_or_none
from commission_app.sessions.states import DecisionKind, Stance


class DraftForm(VersionedForm):
    """A decision in preparation."""

    kind = SelectField("Nature", choices=DecisionKind.choices(), coerce=DecisionKind)
    text = TextAreaField("Ce qui est décidé", validators=[Length(max=2000)])
    structure_id = SelectField("Qui", coerce=uuid_or_none, validate_choice=False)
    due_on = DateField("Pour quand", validators=[Optional()])
    teller_id = SelectField("Qui l’annonce", coerce=uuid_or_none, validate_choice=False)
    tell_on = DateField("Quand", validators=[Optional()])
    offer_name = StringField("Nom de la nouvelle offre", validators=[Length(max=150)])
    theme = StringField("Thème de la remontée", validators=[Length(max=80)])

    def payload(self) -> dict[str, Any]:
        """The checked values; a text left out is ''."""
        values = super().payload()
        return {name: "" if value is None and name in TEXTS else value for name, value in values.items()}

    def first_errors(self) -> dict[str, str]:
        """One sentence for each field that is refused."""
        return {name: str(errors[0]) for name, errors in self.errors.items() if name and errors}


TEXTS = {"text", "offer_name", "theme"}


class RecordForm(VersionedForm):
    """Which draft is recorded, in which version."""

    draft_id = StringField()


class StanceForm(Form):
    """What a participant says of a decision that is read back."""

    stance = SelectField(choices=Stance.choices(), coerce=Stance)
    words = StringField("Votre réserve", validators=[Length(max=300)])
