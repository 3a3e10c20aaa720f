"""The answer to a correction that the person asked for."""

from wtforms import RadioField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import Length, Optional

from commission_app.core.forms import Form
from commission_app.dossiers.fields import TextAreaField


class CorrectionAnswerForm(Form):
    """Corrected, or left with the reason."""

    outcome = RadioField(
        "Ce que vous avez fait",
        choices=[
            SelectChoice("done", "C’est corrigé"),
            SelectChoice("declined", "Le texte reste, voici pourquoi"),
        ],
        default="done",
    )
    answer = TextAreaField(
        "Votre réponse à la personne",
        [Optional(), Length(max=2000, message="2 000 signes au plus")],
        description="La personne la lira sur sa page.",
    )
