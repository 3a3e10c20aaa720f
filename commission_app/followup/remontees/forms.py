"""Sending a problem up, answering it."""

from wtforms import SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from commission_app.core.forms import Form, VersionedForm, uuid_or_none
from commission_app.territories.models import Territory

THEMES = (
    "Logement", "Santé", "Mobilité", "Garde d’enfants", "Emploi et formation", "Accès aux droits",
    "Numérique", "Langue française", "Coordination des acteurs", "Financement",
)  # fmt: skip


class RemonteeForm(Form):
    """A problem that the territory cannot solve."""

    territory_id = SelectField("Territoire", coerce=uuid_or_none, validators=[InputRequired("Choisissez.")])
    theme = StringField(
        "Thème",
        validators=[
            InputRequired("Donnez un thème, par exemple « Mobilité »."),
            Length(max=80, message="Raccourcissez le thème : quatre-vingts signes au plus."),
        ],
        description="Par exemple : " + ", ".join(THEMES[:5]) + ".",
    )
    text = TextAreaField(
        "Le problème",
        validators=[
            InputRequired("Décrivez le problème à transmettre."),
            Length(max=4000, message="Raccourcissez : quatre mille signes au plus."),
        ],
        description="Ce qui bloque, depuis quand, ce qui a été tenté. Ne nommez aucune personne accompagnée.",
    )

    def offer(self, territories: list[Territory]) -> "RemonteeForm":
        """Set the territories to choose from."""
        self.territory_id.choices = [(str(one.id), one.name) for one in territories]
        return self


class AnswerForm(VersionedForm):
    """What the département answers."""

    answer = TextAreaField(
        "Réponse du Département",
        validators=[
            InputRequired("Écrivez la réponse du Département."),
            Length(max=4000, message="Raccourcissez : quatre mille signes au plus."),
        ],
        description="Le territoire la lira. Ne nommez aucune personne accompagnée.",
    )
