"""Forms of territories."""

from wtforms import SelectField, StringField
from wtforms.validators import InputRequired, Length, Regexp

from commission_app.core.forms import VersionedForm
from commission_app.territories.states import SchoolZone


class TerritoryForm(VersionedForm):
    """Name and school zone."""

    name = StringField("Nom", [InputRequired("Écrivez le nom du territoire."), Length(max=120)])
    school_zone = SelectField(
        "Zone de vacances scolaires", coerce=SchoolZone, choices=SchoolZone.choices(), default=SchoolZone.B
    )


class NewTerritoryForm(TerritoryForm):
    """A new territory has a code too, fixed for good."""

    code = StringField(
        "Code",
        [Regexp(r"^[A-Za-z]{3}$", message="Écrivez trois lettres, par exemple ARL.")],
        description="Trois lettres. Elles commencent le code de chaque dossier et ne changeront plus.",
    )
