"""Asking for help and answering."""

from collections.abc import Iterable

from wtforms import SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from commission_app.binomes.urgent.queries import OwnDossier
from commission_app.core import french
from commission_app.core.forms import Form, uuid_or_none

DELAYS = (30, 60, 120, 240)


class UrgentForm(Form):
    """What is needed, by when somebody must take it up."""

    title = StringField(
        "Ce qu’il faut, en une ligne",
        validators=[
            InputRequired("Dites en une ligne ce qu’il faut."),
            Length(max=120, message="Raccourcissez : cent vingt signes au plus."),
        ],
        description="Par exemple : « Famille à reloger avant vendredi soir ». Sans nom de personne.",
    )
    text = TextAreaField(
        "La situation",
        validators=[
            InputRequired("Décrivez la situation et ce que vous attendez."),
            Length(max=2000, message="Raccourcissez : deux mille signes au plus."),
        ],
        description="Ce qui se passe, l’échéance, ce que vous avez déjà tenté. Sans nom ni téléphone.",
    )
    dossier_id = SelectField(
        "Dossier",
        coerce=uuid_or_none,
        validators=[Optional()],
        description="Seul son code sera visible.",
    )
    delay_minutes = SelectField("Passer au suivant sans réponse après", coerce=int)

    def offer(self, dossiers: Iterable[OwnDossier], default_delay: int) -> None:
        """Set the own dossiers and the delays, that of the platform chosen at first."""
        self.dossier_id.choices = [("", "Aucun"), *((str(one.id), one.code) for one in dossiers)]
        delays = sorted({*DELAYS, default_delay})
        self.delay_minutes.choices = [(minutes, french.duration(minutes)) for minutes in delays]
        if not self.is_submitted():
            self.delay_minutes.data = default_delay


class AnswerForm(Form):
    """What can be done."""

    answer = TextAreaField(
        "Votre réponse",
        validators=[
            InputRequired("Écrivez ce qui est possible."),
            Length(max=2000, message="Raccourcissez : deux mille signes au plus."),
        ],
        description="Ce qui est possible, quand, qui appeler. Sans nom de la personne concernée.",
    )
