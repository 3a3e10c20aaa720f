"""Writing down a commission that exists."""

from wtforms import StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from commission_app.core.forms import VersionedForm


class CommissionForm(VersionedForm):
    """Who meets, what for, how often, and whether it could be merged."""

    name = StringField(
        "Nom",
        validators=[
            InputRequired("Donnez le nom de la commission."),
            Length(max=150, message="Raccourcissez : cent cinquante signes au plus."),
        ],
    )
    purpose = TextAreaField(
        "À quoi elle sert",
        validators=[
            InputRequired("Écrivez à quoi elle sert."),
            Length(max=2000, message="Raccourcissez : deux mille signes au plus."),
        ],
    )
    organiser = StringField(
        "Qui la réunit", default="", validators=[Optional(), Length(max=150, message="Raccourcissez.")]
    )
    frequency = StringField(
        "Rythme",
        default="",
        validators=[Optional(), Length(max=80, message="Raccourcissez.")],
        description="Par exemple : « chaque mois ».",
    )
    merge_idea = TextAreaField(
        "Simplifier, regrouper, fusionner",
        default="",
        validators=[Optional(), Length(max=2000, message="Raccourcissez : deux mille signes au plus.")],
        description="Ce que les partenaires proposent pour elle.",
    )
