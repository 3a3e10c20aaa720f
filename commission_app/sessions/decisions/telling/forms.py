"""What whoever tells the person writes."""

from wtforms import TextAreaField
from wtforms.validators import InputRequired, Length

from commission_app.core.forms import VersionedForm


class PlainWordsForm(VersionedForm):
    """The text for the person."""

    text = TextAreaField(
        "Le texte remis à la personne",
        description="Des phrases courtes, sans sigle. N’écrivez pas le nom de la personne.",
        validators=[InputRequired("Écrivez le texte."), Length(max=3000, message="3 000 signes au plus.")],
    )
