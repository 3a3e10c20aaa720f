"""What is typed to invite an expert."""

from collections.abc import Sequence

from wtforms import SelectMultipleField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import InputRequired, Length
from wtforms.widgets import CheckboxInput, ListWidget

from commission_app.core.forms import Form, is_address, uuid_or_none
from commission_app.sessions.agenda.models import AgendaItem


class GuestForm(Form):
    """Who is invited, and for which points."""

    name = StringField("Nom", [InputRequired("Écrivez le nom de la personne invitée."), Length(max=120)])
    email = StringField(
        "Courriel",
        [
            InputRequired("Écrivez l’adresse à laquelle envoyer le lien."),
            Length(max=200),
            is_address,
        ],
    )
    organisation = StringField(
        "Organisme", [InputRequired("Écrivez de quel organisme vient la personne."), Length(max=120)]
    )
    points = SelectMultipleField(
        "Les points pour lesquels la personne vient",
        [InputRequired("Choisissez au moins un point.")],
        coerce=uuid_or_none,
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
    )

    def offer(self, items: Sequence[AgendaItem]) -> "GuestForm":
        """The points to choose among."""
        self.points.choices = [SelectChoice(item.id, item.name) for item in items]
        return self
