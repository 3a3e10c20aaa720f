"""Writing a version, then confirming its publication."""

import uuid
from collections.abc import Collection, Sequence

from wtforms import IntegerField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional, ValidationError
from wtforms.widgets import HiddenInput

from commission_app.core.forms import Form, uuid_or_none
from commission_app.library.states import DocumentKind
from commission_app.territories.models import Territory


class VersionForm(Form):
    """The text of a version, and the number of the one that it follows."""

    text = TextAreaField(
        "Texte",
        validators=[
            InputRequired("Écrivez le texte du document."),
            Length(max=60_000, message="Raccourcissez : soixante mille signes au plus."),
        ],
        description="Une ligne vide sépare deux paragraphes.",
    )
    after = IntegerField(widget=HiddenInput(), default=0, validators=[Optional()])

    #: (label, published, typed) where another version came meanwhile.
    clashes: Sequence[tuple[str, str, str]] = ()

    def keep_beside(self, published: str, *, after: int, message: str) -> None:
        """What was typed stays, under the version that was published meanwhile; the next one follows it."""
        self.clashes = [(self.text.label.text, published, self.text.data or "")]
        self.after.raw_data, self.after.data = None, after
        self.refuse(message)


class DocumentForm(VersionForm):
    """A new document."""

    kind = SelectField("Nature", choices=DocumentKind.choices(), coerce=DocumentKind)
    title = StringField(
        "Titre",
        validators=[
            InputRequired("Donnez un titre au document."),
            Length(max=150, message="Raccourcissez : cent cinquante signes au plus."),
        ],
    )
    territory_id = SelectField("Pour", coerce=uuid_or_none, validate_choice=False)

    places: set[uuid.UUID | None]

    def offer(self, territories: Collection[Territory], *, everywhere: bool) -> None:
        """Set the territories for which the person publishes, and the département where allowed."""
        offered = [(str(one.id), one.name) for one in territories]
        self.places = {None} if everywhere else set()
        self.places |= {one.id for one in territories}
        self.territory_id.choices = [*([("", "Tout le Département")] if everywhere else []), *offered]

    def validate_territory_id(self, field: SelectField) -> None:
        """One of the places offered, the département for the administration alone."""
        if field.data not in self.places:
            raise ValidationError("Choisissez le territoire pour lequel vous publiez.")
