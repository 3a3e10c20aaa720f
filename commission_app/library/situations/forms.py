"""Writing a model."""

from collections.abc import Iterable

from wtforms import SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from commission_app.binomes.states import Competence
from commission_app.core.forms import VersionedForm, uuid_or_none
from commission_app.library.states import DiagnosisItem
from commission_app.territories.models import Territory

LONG = Length(max=4000, message="Raccourcissez : quatre mille signes au plus.")


class ModelForm(VersionedForm):
    """The pattern of a situation, what worked, who is needed."""

    title = StringField(
        "Titre",
        validators=[
            InputRequired("Donnez un titre au modèle."),
            Length(max=150, message="Raccourcissez : cent cinquante signes au plus."),
        ],
        description="Par exemple : « Horaires décalés sans garde d’enfants ni permis ».",
    )
    pattern = TextAreaField(
        "La situation type",
        validators=[InputRequired("Décrivez la situation type."), LONG],
        description="Ce qui se répète d’une situation à l’autre. Sans nom, sans code, sans date précise.",
    )
    what_worked = TextAreaField(
        "Ce qui a marché", validators=[InputRequired("Écrivez ce qui a marché."), LONG]
    )
    freins = SelectMultipleField("Freins", choices=DiagnosisItem.choices())
    needed = SelectMultipleField("Compétences nécessaires", choices=Competence.choices())


class NewModelForm(ModelForm):
    """A model of a territory."""

    territory_id = SelectField(
        "Territoire", coerce=uuid_or_none, validators=[InputRequired("Choisissez le territoire.")]
    )

    def offer(self, territories: Iterable[Territory]) -> None:
        """Set the territories for which the person writes."""
        self.territory_id.choices = [(str(one.id), one.name) for one in territories]
