"""The fiche relais in the headings of the partners' document."""

from typing import Any

from wtforms import SelectField
from wtforms.validators import InputRequired, Length, Optional

from commission_app.core.forms import Form, VersionedForm, uuid_or_none
from commission_app.dossiers.fiche_relais.models import FicheRelais
from commission_app.dossiers.fiche_relais.queries import next_referents
from commission_app.dossiers.fiche_relais.services import TEXTS
from commission_app.dossiers.fields import DateField, SelectChoice, TextAreaField

TEXT = Length(max=4000, message="Raccourcissez ce texte : 4 000 signes au plus")


def _text(label: str, hint: str = "") -> TextAreaField:
    return TextAreaField(label, [Optional(), TEXT], description=hint)


class FicheForm(VersionedForm):
    """What one référent passes to the next."""

    steps_analysis = _text(
        "Analyse fine des étapes du parcours", "Ce que chaque étape a apporté, ce qui n’a pas pris"
    )
    work_support = _text("Accompagnement professionnel", "Ce qui a été fait avec la personne, et avec qui")
    recommendation = _text(
        "Préconisation explicitée", "Ce que vous conseillez au prochain référent, et pourquoi"
    )
    freins_worked = _text("Freins identifiés et travaillés, levés ou non")
    personal_advice = _text("Analyse et suites préconisées, côté personnel")
    project = _text("Projet professionnel travaillé")
    work_actions = _text("Actions emploi et activités, réalisées ou non")
    trainings = _text("Formations proposées, réalisées ou non")
    work_advice = _text("Analyse et suites préconisées, côté professionnel")
    goal_what = _text("Quoi", "Ce que la réorientation doit permettre")
    goal_why = _text("Pourquoi")
    goal_when = _text("Quand")
    next_steps = _text("Prochaines étapes")
    to_id = SelectField("Prochain référent d’étape", coerce=uuid_or_none)
    agreed_on = DateField("La personne a donné son accord à ce relais le")

    def offer_people(self, fiche: FicheRelais) -> None:
        """The référents d'étape of the territory."""
        people = [
            SelectChoice(
                one.id, f"{one.full_name}, {one.structure_name}" if one.structure_name else one.full_name
            )
            for one in next_referents(fiche)
        ]
        self.to_id.choices = [SelectChoice("", "Choisir"), *people]

    def values(self) -> dict[str, Any]:
        """What the service is to keep."""
        return {
            "version": self.version.data,
            "to_id": self.to_id.data,
            "agreed_on": self.agreed_on.data,
            "texts": {name: self[name].data or "" for name in TEXTS},
        }


class MeetingForm(Form):
    """The tripartite meeting."""

    meeting_on = DateField("Rencontre à trois le", [InputRequired("Indiquez le jour de la rencontre")])


class AppointmentForm(Form):
    """The first appointment with the new référent."""

    first_appointment_on = DateField(
        "Premier rendez-vous tenu le", [InputRequired("Indiquez le jour du premier rendez-vous")]
    )
