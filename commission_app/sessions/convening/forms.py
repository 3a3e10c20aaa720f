"""What is typed about an answer."""

from typing import Any

from wtforms import BooleanField, RadioField, StringField, TimeField
from wtforms.validators import InputRequired, Length, Optional, ValidationError

from commission_app.core.forms import Form
from commission_app.sessions.convening.models import Invitation
from commission_app.sessions.states import Answer

PARTLY = "partly"
CHOICES = [
    ("present", "Je viens toute la journée"),
    (PARTLY, "Je viens une partie de la journée"),
    ("replaced", "Quelqu’un vient à ma place"),
    ("absent", "Je ne viens pas"),
]


class AnswerForm(Form):
    """Present, partly, replaced or absent; and the lunch."""

    answer = RadioField("Votre réponse", [InputRequired("Dites si vous venez.")], choices=CHOICES)
    from_time = TimeField("Je suis là à partir de", [Optional()])
    until_time = TimeField("Je pars à", [Optional()])
    replaced_by = StringField("Qui vient à votre place", [Optional(), Length(max=120)])
    takes_lunch = BooleanField("Je déjeune avec la commission")
    diet = StringField("Régime alimentaire", [Optional(), Length(max=120)])

    def validate_answer(self, field: RadioField) -> None:
        """A partial presence has a bound."""
        if field.data == PARTLY and not self.from_time.data and not self.until_time.data:
            raise ValidationError("Donnez votre heure d’arrivée ou de départ.")

    def show(self, invitation: Invitation) -> None:
        """The answer given before, if any."""
        is_partial = invitation.from_time or invitation.until_time
        self.answer.data = PARTLY if is_partial else invitation.answer.value
        self.from_time.data, self.until_time.data = invitation.from_time, invitation.until_time
        self.replaced_by.data, self.diet.data = invitation.replaced_by, invitation.diet
        has_answered = invitation.answer is not Answer.NONE
        self.takes_lunch.data = invitation.takes_lunch if has_answered else False

    def values(self) -> dict[str, Any]:
        """What the service takes: « partly » is a presence with hours."""
        values = self.payload()
        is_partial = values["answer"] == PARTLY
        values["answer"] = Answer.PRESENT if is_partial else Answer(values["answer"])
        if not is_partial:
            values["from_time"] = values["until_time"] = None
        return values | {"replaced_by": values["replaced_by"] or "", "diet": values["diet"] or ""}
