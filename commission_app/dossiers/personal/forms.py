"""What the person writes, and the length of a link."""

from wtforms import HiddenField, SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import InputRequired, Length

from commission_app.core.forms import Form
from commission_app.dossiers.fields import StringField, TextAreaField

LENGTHS = [
    SelectChoice("30", "un mois"), SelectChoice("90", "trois mois"), SelectChoice("182", "six mois"),
    SelectChoice("364", "un an"),
]  # fmt: skip


class SecretForm(Form):
    """The second secret."""

    secret = StringField(
        "Votre code",
        [InputRequired("Écrivez le code."), Length(max=40, message="Ce code est trop long.")],
        description="Huit chiffres. Votre référent vous l’a dit.",
    )


class LengthForm(Form):
    """For how long."""

    days = SelectField("Pendant", choices=LENGTHS, coerce=int, default=90)


class LinkForm(LengthForm):
    """For how long, and the link that stood when the page was shown: sent again, the form says another."""

    follows = HiddenField(default="")


class AskForm(Form):
    """What is to be corrected."""

    text = TextAreaField(
        "Ce qu’il faut corriger",
        [InputRequired("Écrivez ce qu’il faut corriger."), Length(max=2000, message="2 000 signes au plus.")],
        description="Dites ce qui est faux ou ce qui manque.",
    )
