"""Forms of people who come by a link or forgot their password."""

from wtforms import EmailField, PasswordField
from wtforms.validators import EqualTo, InputRequired, Length

from commission_app.accounts.passwords import MAX_LENGTH, MIN_LENGTH
from commission_app.core.forms import Form

TOO_SHORT = f"Choisissez au moins {MIN_LENGTH} caractères."


class ForgottenForm(Form):
    """Where to send the link."""

    email = EmailField(
        "Adresse électronique",
        [
            InputRequired("Écrivez votre adresse électronique."),
            Length(max=200, message="Adresse trop longue."),
        ],
    )


class NewPasswordForm(Form):
    """A password, twice."""

    password = PasswordField(
        "Nouveau mot de passe",
        [InputRequired(TOO_SHORT), Length(MIN_LENGTH, MAX_LENGTH, TOO_SHORT)],
        filters=(),
        description=f"Au moins {MIN_LENGTH} caractères. Une phrase de quatre mots convient bien.",
    )
    again = PasswordField(
        "Le même mot de passe, une seconde fois",
        [EqualTo("password", "Les deux mots de passe diffèrent : écrivez deux fois le même.")],
        filters=(),
    )
