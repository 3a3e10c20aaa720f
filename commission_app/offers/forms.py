"""Writing an offer, naming who carries it, counting, importing."""

from datetime import date

from wtforms import DateField, IntegerField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from commission_app.core.forms import Form, VersionedForm, uuid_or_none
from commission_app.core.french import month_name
from commission_app.dossiers.states import DiagnosisItem
from commission_app.territories.models import Structure

NAME = (
    InputRequired("Donnez un nom à l’offre."),
    Length(min=3, max=150, message="Le nom compte de trois à cent cinquante signes."),
)


class OfferForm(VersionedForm):
    """What the catalogue says of an offer."""

    name = StringField("Nom de l’offre", validators=list(NAME))
    description = TextAreaField(
        "Description",
        default="",
        validators=[Length(max=4000, message="Raccourcissez : quatre mille signes au plus.")],
        description="Ce qui est proposé, à qui, où, à quelles heures. Ne nommez aucune personne accompagnée.",
    )
    access = TextAreaField(
        "Comment y entrer",
        default="",
        validators=[Length(max=2000, message="Raccourcissez : deux mille signes au plus.")],
        description="Conditions d’accès et façon de prescrire.",
    )
    freins = SelectMultipleField("Freins auxquels elle répond", choices=DiagnosisItem.choices())
    due_on = DateField("Ouverture souhaitée", validators=[Optional()])


class EditForm(OfferForm):
    """The same, with the thématiques of data·inclusion."""

    thematiques = SelectMultipleField("Thématiques data·inclusion", choices=[])

    def offer_themes(self, themes: list[tuple[str, str]]) -> "EditForm":
        """Set the thématiques to choose from."""
        self.thematiques.choices = themes
        return self


class CarryForm(VersionedForm):
    """Who carries the offer."""

    structure_id = SelectField(
        "Structure qui porte l’offre",
        coerce=uuid_or_none,
        validators=[InputRequired("Choisissez la structure qui porte l’offre.")],
    )

    def offer(self, structures: list[Structure]) -> "CarryForm":
        """Set the structures of the territory to choose from."""
        self.structure_id.choices = [("", "Choisir"), *((str(one.id), one.name) for one in structures)]
        return self


class NeedForm(Form):
    """A dossier that shows the need."""

    code = StringField(
        "Code du dossier",
        validators=[InputRequired("Écrivez le code du dossier, par exemple ARL-2026-014.")],
        description="Seul le code est rattaché, et seuls ceux qui lisent le dossier le voient.",
    )


class PrescriptionForm(Form):
    """How many persons a structure sent in a month."""

    month = SelectField("Mois", coerce=date.fromisoformat, choices=[])
    count = IntegerField(
        "Personnes orientées",
        validators=[
            InputRequired("Écrivez un nombre ; 0 efface le mois."),
            NumberRange(0, 10_000, "Écrivez un nombre entre 0 et 10 000."),
        ],
    )

    def offer(self, months: list[date]) -> "PrescriptionForm":
        """Set the months to choose from, the present one first."""
        self.month.choices = [(month.isoformat(), month_name(month)) for month in reversed(months)]
        return self


class ImportForm(Form):
    """A data·inclusion list, pasted: its numbers are those of structures and places."""

    exported = ("text",)
    text = TextAreaField(
        "Liste de services",
        validators=[
            InputRequired("Collez la liste à importer."),
            Length(
                max=900_000, message="La liste dépasse neuf cent mille signes : importez-la en deux fois."
            ),
        ],
        description="Au format data·inclusion : celui de notre export et du fichier choisi ci-dessus.",
    )
