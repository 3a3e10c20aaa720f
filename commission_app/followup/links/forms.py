"""The answer to a reminder."""

from wtforms import RadioField, TextAreaField
from wtforms.validators import InputRequired, Length

from commission_app.core.forms import Form
from commission_app.followup.links.states import Reply


class ReplyForm(Form):
    """One of three answers, and a sentence."""

    reply = RadioField(
        "Où en est cette action ?",
        choices=Reply.choices(),
        coerce=Reply,
        validators=[InputRequired("Choisissez une réponse.")],
    )
    note = TextAreaField(
        "Un mot pour la coordination",
        default="",
        validators=[Length(max=1000, message="Raccourcissez : mille signes au plus.")],
        description="Ne nommez aucune personne accompagnée. Nécessaire sauf si c’est fait.",
    )
