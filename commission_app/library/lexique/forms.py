"""Proposing a definition."""

from wtforms import StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from commission_app.core.forms import Form


class ProposalForm(Form):
    """A word and what it should mean."""

    word = StringField(
        "Mot",
        validators=[
            InputRequired("Écrivez le mot à définir."),
            Length(max=120, message="Raccourcissez : cent vingt signes au plus."),
        ],
    )
    definition = TextAreaField(
        "Définition proposée",
        validators=[
            InputRequired("Écrivez la définition que vous proposez."),
            Length(max=3000, message="Raccourcissez : trois mille signes au plus."),
        ],
        description="Ce que le mot veut dire entre partenaires, en mots simples.",
    )
