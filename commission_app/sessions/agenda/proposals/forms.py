"""What a participant proposes."""

from wtforms import IntegerField, RadioField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import InputRequired, Length, NumberRange

from commission_app.core.forms import Form
from commission_app.sessions.agenda.proposals.services import PROPOSABLE


class ProposalForm(Form):
    """A point proposed for the agenda."""

    kind = RadioField(
        "Ce que vous proposez",
        choices=[SelectChoice(kind.value, kind.label) for kind in PROPOSABLE],
        validators=[InputRequired("Choisissez ce que vous proposez.")],
    )
    title = StringField(
        "En une phrase",
        description="Exemple : Café des employeurs à Saint-Martin-de-Crau",
        validators=[
            InputRequired("Dites en une phrase ce que vous proposez."),
            Length(max=200, message="200 signes au plus."),
        ],
    )
    text = TextAreaField(
        "Ce qu’il faut savoir avant",
        description="N’écrivez rien qui désigne une personne accompagnée.",
        validators=[Length(max=4000, message="4 000 signes au plus.")],
    )
    minutes = IntegerField(
        "Durée souhaitée, en minutes",
        default=20,
        validators=[
            InputRequired("Écrivez un nombre de minutes."),
            NumberRange(10, 120, "La durée va de 10 à 120 minutes."),
        ],
    )
