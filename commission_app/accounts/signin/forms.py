"""The form to sign in."""

from wtforms import EmailField, HiddenField, PasswordField
from wtforms.validators import InputRequired, Length

from commission_app.accounts.passwords import MAX_LENGTH
from commission_app.core.forms import Form


class SignInForm(Form):
    """Mail address and password; `suite` is the page to go on to."""

    email = EmailField(
        "Adresse électronique",
        [
            InputRequired("Écrivez votre adresse électronique."),
            Length(max=200, message="Adresse trop longue."),
        ],
    )
    password = PasswordField(
        "Mot de passe",
        [
            InputRequired("Écrivez votre mot de passe."),
            Length(max=MAX_LENGTH, message="Mot de passe trop long."),
        ],
        filters=(),
    )
    suite = HiddenField()
