"""What the page of the minutes sends."""

from wtforms import TextAreaField
from wtforms.validators import Length

from commission_app.core.forms import VersionedForm


class ValidateForm(VersionedForm):
    """Validate what was read."""


class IntroductionForm(VersionedForm):
    """The introduction of the minutes."""

    introduction = TextAreaField(
        "En quelques mots",
        description="Ce qui a marqué la journée. N’écrivez rien qui désigne une personne accompagnée.",
        validators=[Length(max=4000, message="4 000 signes au plus.")],
    )
