"""Forms of the own account."""

from wtforms import PasswordField
from wtforms.validators import InputRequired, Length

from commission_app.accounts.links.forms import NewPasswordForm
from commission_app.accounts.passwords import MAX_LENGTH


class ChangePasswordForm(NewPasswordForm):
    """The present password, then the new one twice."""

    current = PasswordField(
        "Mot de passe actuel",
        [InputRequired("Écrivez votre mot de passe actuel."), Length(max=MAX_LENGTH)],
        filters=(),
    )
