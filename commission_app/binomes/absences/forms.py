"""Saying that somebody is away."""

from collections.abc import Iterable

from wtforms import DateField, SelectField
from wtforms.validators import InputRequired, Optional

from commission_app.accounts.models import User
from commission_app.core import clock
from commission_app.core.forms import Form, uuid_or_none


class AbsenceForm(Form):
    """Who is away, when, who is called instead."""

    user_id = SelectField(
        "Personne absente", coerce=uuid_or_none, validators=[InputRequired("Choisissez la personne.")]
    )
    starts_on = DateField(
        "Premier jour", validators=[InputRequired("Écrivez le premier jour.")], default=clock.today
    )
    ends_on = DateField(
        "Dernier jour", validators=[InputRequired("Écrivez le dernier jour.")], default=clock.today
    )
    stand_in_id = SelectField(
        "Personne à appeler à la place",
        coerce=uuid_or_none,
        validators=[Optional()],
        description="De la même structure. Sans elle, l’autre personne du binôme est sollicitée.",
    )

    def offer(self, people: Iterable[User], colleagues: Iterable[User]) -> None:
        """Set who may be away and who may stand in."""
        self.user_id.choices = [(str(person.id), _name(person)) for person in people]
        self.stand_in_id.choices = [("", "Personne"), *((str(one.id), _name(one)) for one in colleagues)]


def _name(person: User) -> str:
    return f"{person.full_name}, {person.structure_name}" if person.structure_name else person.full_name
