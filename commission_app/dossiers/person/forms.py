"""The form of the second part: who the person is, what the commission reads, information and agreement."""

import re
from datetime import date, timedelta
from typing import Any

from wtforms import BooleanField, EmailField, RadioField, SelectField, SelectMultipleField
from wtforms.validators import Email, Length, NumberRange, Optional, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from commission_app.core.forms import Form, uuid_or_none
from commission_app.dossiers.fields import (
    DateField,
    IntegerField,
    SelectChoice,
    StringField,
    choices_of,
    member_or_none,
)
from commission_app.dossiers.models import Dossier, Person
from commission_app.dossiers.parts.forms import PartForm
from commission_app.dossiers.states import AgeBand, AgreementForm, Household, Part, ReadingReason
from commission_app.dossiers.writing.merging import Data

PHONE = re.compile(r"(?:\+33|0)[1-9]\d{8}")
IDENTITY = ("last_name", "first_name", "phone", "email")
EVERYBODY, SOME = "everybody", "some"


class AgreementFields(Form):
    """What the person was told and agreed to; each group is left out once it is written down."""

    info_given_on = DateField("Date de l’information")
    info_form = RadioField(
        "Forme de l’information", choices=choices_of(AgreementForm), coerce=member_or_none(AgreementForm),
        validate_choice=False, default=AgreementForm.ORAL,
    )  # fmt: skip
    agreed_on = DateField("Date de l’accord", description="Exemple : 18/11/2026")
    agreed_form = RadioField(
        "Forme de l’accord",
        choices=[SelectChoice("written", "Écrit et signé"), SelectChoice("oral", "Oral, recueilli par vous")],
        coerce=member_or_none(AgreementForm), validate_choice=False, default=AgreementForm.WRITTEN,
    )  # fmt: skip
    expires_on = DateField("Valable jusqu’au", description="Un an au plus.")
    sharing = RadioField(
        "Partage avec", default=EVERYBODY, validate_choice=False,
        choices=[
            SelectChoice(EVERYBODY, "Toutes les structures de la commission"),
            SelectChoice(SOME, "Certaines structures seulement"),
        ],
    )  # fmt: skip
    scope = SelectMultipleField(
        "Structures choisies par la personne", coerce=uuid_or_none,
        widget=ListWidget(prefix_label=False), option_widget=CheckboxInput(),
    )  # fmt: skip

    def validate_scope(self, field: Any) -> None:
        """Some structures means at least one; one that is ticked is never shared with everybody."""
        if not self.agreed_on.data:
            return
        if self.sharing.data == SOME and not field.data:
            raise ValidationError("Cochez au moins une structure")
        if self.sharing.data == EVERYBODY and field.data:
            raise ValidationError("Choisissez « Certaines structures seulement », ou décochez ces structures")

    def offer_structures(self, dossier: Dossier) -> None:
        """The structures that act on the territory of the dossier."""
        self.scope.choices = [SelectChoice(one.id, one.name) for one in dossier.territory.structures]

    def information(self) -> dict[str, Any] | None:
        """What to write down of the information, when a day was given."""
        if "info_given_on" not in self or self.info_given_on.data is None:
            return None
        return {"given_on": self.info_given_on.data, "form": self.info_form.data or AgreementForm.ORAL}

    def agreement(self) -> dict[str, Any] | None:
        """What to write down of the agreement, when a day was given; it ends a year later unless told
        otherwise."""
        if "agreed_on" not in self or self.agreed_on.data is None:
            return None
        return {
            "given_on": self.agreed_on.data,
            "form": self.agreed_form.data or AgreementForm.WRITTEN,
            "expires_on": self.expires_on.data or a_year_after(self.agreed_on.data),
            "scope": self.scope.data if self.sharing.data == SOME else (),
        }

    def leave_out(self, *, information: bool, agreement: bool) -> None:
        """Take away the groups that are written down already."""
        if information:
            del self.info_given_on, self.info_form
        if agreement:
            del self.agreed_on, self.agreed_form, self.expires_on, self.sharing, self.scope


def a_year_after(day: date) -> date:
    """The same day a year later, less one: the longest an agreement holds."""
    return day + timedelta(days=364)


class PersonForm(AgreementFields, PartForm):
    """2. Personne concernée et accord."""

    part = Part.PERSON
    by_button = (
        "info_given_on", "info_form", "agreed_on", "agreed_form", "expires_on", "sharing", "scope",
    )  # fmt: skip
    last_name = StringField("Nom", [Length(max=120)])
    first_name = StringField("Prénom", [Length(max=120)])
    phone = StringField("Téléphone", [Optional()], description="Exemple : 06 12 34 56 78")
    email = EmailField(
        "Adresse électronique",
        [Optional(), Email("Écrivez une adresse complète, par exemple nom@exemple.fr"), Length(max=200)],
    )
    age_band = SelectField(
        "Tranche d’âge", choices=choices_of(AgeBand, "Choisir"), coerce=member_or_none(AgeBand)
    )
    insee = SelectField("Commune", coerce=lambda value: value or None)
    household = SelectField(
        "Le foyer", choices=choices_of(Household, "Choisir"), coerce=member_or_none(Household)
    )
    children_count = IntegerField(
        "Enfants au foyer", [Optional(), NumberRange(0, 20, "Écrivez un nombre entre 0 et 20")], default=0,
        filters=[lambda count: count or 0],
    )  # fmt: skip
    wishes_presence = BooleanField("La personne souhaite être présente")

    def validate_phone(self, field: Any) -> None:
        """Ten digits, however they are spaced."""
        if not PHONE.fullmatch(re.sub(r"[\s.\-()]", "", field.data)):
            raise ValidationError("Écrivez les dix chiffres du téléphone")

    def prepare(self, dossier: Dossier) -> None:
        """The communes and the structures of the territory."""
        communes = [SelectChoice(one.insee, one.name) for one in dossier.territory.communes]
        self.insee.choices = [SelectChoice("", "Choisir"), *communes]
        self.offer_structures(dossier)

    @staticmethod
    def identity_of(person: Person) -> dict[str, Any]:
        """The identity as data of the form."""
        return {name: getattr(person, name) for name in IDENTITY}

    @staticmethod
    def identity(data: Data) -> dict[str, str]:
        """The identity in the data of the form."""
        return {name: data[name] or "" for name in IDENTITY}


class ReasonForm(Form):
    """Why an identity is opened."""

    reason = SelectField(
        "Pourquoi lire l’identité ?",
        choices=choices_of(ReadingReason, "Choisir"),
        coerce=member_or_none(ReadingReason),
    )

    def validate_reason(self, field: Any) -> None:
        """A reading has a reason."""
        if field.data is None:
            raise ValidationError("Choisissez la raison de cette lecture")
