"""What is typed about a day itself."""

from wtforms import BooleanField, DateField, SelectMultipleField, StringField, TextAreaField, TimeField
from wtforms.validators import InputRequired, Length, Optional, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from commission_app.core.forms import VersionedForm, uuid_or_none
from commission_app.territories.models import Territory


class SessionForm(VersionedForm):
    """When, where and for whom."""

    title = StringField("Nom de la session", [InputRequired("Donnez un nom à la session."), Length(max=120)])
    on = DateField("Date", [InputRequired("Choisissez la date.")])
    starts = TimeField("Début", [InputRequired("Donnez l’heure de début.")])
    ends = TimeField("Fin", [InputRequired("Donnez l’heure de fin.")])
    place = StringField("Lieu", [Optional(), Length(max=200)])
    access = TextAreaField("Venir sur place", [Optional(), Length(max=1000)])
    remote_link = StringField("Lien de visioconférence", [Optional(), Length(max=300)])
    has_lunch = BooleanField("Déjeuner partagé")
    agenda_due_on = DateField("Ordre du jour à publier avant le", [Optional()])
    territories = SelectMultipleField(
        "Territoires qui partagent cette session",
        [Optional()],
        coerce=uuid_or_none,
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
    )

    def offer(self, territories: list[Territory]) -> None:
        """The territories to choose among."""
        self.territories.choices = [(territory.id, territory.name) for territory in territories]

    def validate_remote_link(self, field: StringField) -> None:
        """A link that opens nothing but a secure page."""
        if field.data and not field.data.startswith("https://"):
            raise ValidationError("L’adresse de la visioconférence commence par https://")

    def validate_agenda_due_on(self, field: DateField) -> None:
        """An agenda is published before the day."""
        if field.data and self.on.data and field.data >= self.on.data:
            raise ValidationError("L’ordre du jour se publie avant le jour de la session.")


class CancelForm(VersionedForm):
    """Why a day is cancelled."""

    reason = TextAreaField(
        "Pourquoi la session est annulée",
        [Length(max=500)],
        description="Les personnes convoquées liront ce texte. N’y nommez aucune personne concernée.",
    )
