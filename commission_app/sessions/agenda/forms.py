"""What the composer sends."""

from wtforms import IntegerField, SelectField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import InputRequired, Length, NumberRange

from commission_app.core.forms import Form, VersionedForm
from commission_app.sessions.states import ItemKind

_FREE_KINDS = (
    ItemKind.MODEL, ItemKind.NEW_ACTION, ItemKind.OFFER, ItemKind.NEWS, ItemKind.BREAK, ItemKind.LUNCH,
    ItemKind.CLOSING,
)  # fmt: skip


class RemoveForm(VersionedForm):
    """Take a point off the day."""


class MoveForm(VersionedForm):
    """Move a point to a place in the order."""

    to = IntegerField("Place", validators=[InputRequired("Dites à quelle place."), NumberRange(0, 500)])


class ResizeForm(VersionedForm):
    """Give a point another length."""

    minutes = IntegerField("Minutes", validators=[InputRequired("Écrivez un nombre de minutes.")])


class PointForm(Form):
    """A point that comes from nowhere else."""

    kind = SelectField(
        "Nature du point", choices=[SelectChoice(kind.value, kind.label) for kind in _FREE_KINDS]
    )
    title = StringField(
        "Intitulé",
        validators=[
            InputRequired("Écrivez l’intitulé du point."),
            Length(max=200, message="200 signes au plus."),
        ],
    )
    minutes = IntegerField(
        "Durée en minutes",
        default=20,
        validators=[
            InputRequired("Écrivez un nombre de minutes."),
            NumberRange(10, 300, "La durée va de 10 à 300 minutes."),
        ],
    )


class ArrangeForm(Form):
    """Apply the assistant's proposal: the stamp says which state of the day it was made for."""

    stamp = StringField(validators=[InputRequired()])
