"""Forms of the administration of accounts."""

from wtforms import EmailField, SelectField, StringField, TelField
from wtforms.validators import InputRequired, Length, Optional, Regexp

from commission_app.core.forms import VersionedForm, is_address, uuid_or_none

PHONE = r"^(\+33 ?|0)[1-9]([ .]?\d{2}){4}$"


class IdentityForm(VersionedForm):
    """Who a person is, as the person may write it too."""

    first_name = StringField("Prénom", [InputRequired("Écrivez le prénom."), Length(max=80)])
    last_name = StringField("Nom", [InputRequired("Écrivez le nom."), Length(max=80)])
    phone = TelField(
        "Téléphone professionnel",
        [Optional(), Regexp(PHONE, message="Écrivez les dix chiffres du téléphone.")],
        description="Exemple : 04 91 00 00 00",
        default="",
    )
    job_title = StringField("Fonction", [Optional(), Length(max=120)], default="")


class AccountForm(IdentityForm):
    """An account as the administration writes it."""

    email = EmailField(
        "Adresse électronique professionnelle",
        [
            InputRequired("Écrivez l’adresse électronique."),
            Length(max=200),
            is_address,
        ],
        description="Elle sert à se connecter. L’invitation y est envoyée.",
    )
    structure_id = SelectField("Structure", coerce=uuid_or_none, validate_choice=True)
