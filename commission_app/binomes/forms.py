"""Naming a pair and saying what its structure brings."""

from collections.abc import Iterable

from wtforms import DateField, SelectField, SelectMultipleField
from wtforms.validators import InputRequired, Optional

from commission_app.accounts.models import User
from commission_app.binomes.states import Competence
from commission_app.core import clock
from commission_app.core.forms import VersionedForm, uuid_or_none

COMPETENCES = Competence.choices()


class CompetencesForm(VersionedForm):
    """What a structure brings to the commission."""

    competences = SelectMultipleField("Compétences de la structure", choices=COMPETENCES)


class PeopleForm(CompetencesForm):
    """The two people of a pair."""

    cadre_id = SelectField("Cadre", coerce=uuid_or_none, validators=[Optional()])
    technicien_id = SelectField("Technicien", coerce=uuid_or_none, validators=[Optional()])

    def offer(self, people: Iterable[User]) -> None:
        """Set whom the structure may name."""
        choices = [("", "À désigner"), *((str(person.id), person.full_name) for person in people)]
        self.cadre_id.choices = choices
        self.technicien_id.choices = choices


class NewBinomeForm(PeopleForm):
    """A pair for a structure that has none."""

    starts_on = DateField(
        "Premier jour", validators=[InputRequired("Écrivez le premier jour.")], default=clock.today
    )


class ChangeBinomeForm(PeopleForm):
    """Other people from a day on."""

    since = DateField(
        "À partir du",
        validators=[InputRequired("Écrivez le jour du changement.")],
        default=clock.today,
        description="Le binôme précédent garde ses dates dans l’historique.",
    )


class EndBinomeForm(VersionedForm):
    """The last day of a pair."""

    last_day = DateField(
        "Dernier jour du binôme", validators=[InputRequired("Écrivez le dernier jour.")], default=clock.today
    )
