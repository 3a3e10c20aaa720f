"""The form of a structure."""

from wtforms import DateField, EmailField, SelectField, SelectMultipleField, StringField, TelField
from wtforms.validators import InputRequired, Length, Optional, Regexp

from commission_app.core.forms import VersionedForm, is_address, uuid_or_none
from commission_app.territories.states import StructureKind

PHONE = r"^(\+33 ?|0)[1-9]([ .]?\d{2}){4}$"


class StructureForm(VersionedForm):
    """Who a structure is, where, on which territories it acts."""

    name = StringField("Nom", [InputRequired("Écrivez le nom de la structure."), Length(max=150)])
    kind = SelectField("Type", coerce=StructureKind, choices=StructureKind.choices())
    territory_ids = SelectMultipleField("Territoires", coerce=uuid_or_none)
    siret = StringField(
        "SIRET", [Optional(), Regexp(r"^\d{14}$", message="Écrivez les quatorze chiffres du SIRET.")]
    )
    insee = SelectField("Commune", [Optional()])
    address = StringField("Adresse", [Optional(), Length(max=200)], default="")
    phone = TelField(
        "Téléphone", [Optional(), Regexp(PHONE, message="Écrivez les dix chiffres du téléphone.")], default=""
    )
    email = EmailField(
        "Adresse électronique",
        [Optional(), Length(max=200), is_address],
        default="",
    )
    label_on = DateField(
        "Engagement de présence signé le", [Optional()], description="Date du label, s’il est signé."
    )
