"""Choosing the two who run a day."""

from wtforms import SelectField
from wtforms.validators import InputRequired

from commission_app.core.forms import VersionedForm
from commission_app.sessions.facilitation.fairness import Candidate


class PairForm(VersionedForm):
    """Two people of two structures."""

    first = SelectField("Première personne", [InputRequired("Choisissez la première personne.")])
    second = SelectField("Seconde personne", [InputRequired("Choisissez la seconde personne.")])

    def offer(self, candidates: list[Candidate]) -> None:
        """The members, by structure."""
        choices = [(str(person.user_id), f"{person.structure} – {person.name}") for person in candidates]
        self.first.choices = self.second.choices = [("", "Choisir"), *choices]
