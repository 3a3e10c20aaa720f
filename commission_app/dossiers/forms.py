"""The forms of the coordination and of the exchange with it."""

from typing import Any

from wtforms.validators import InputRequired, Length, Optional

from commission_app.core.forms import Form
from commission_app.dossiers.fields import DateField, StringField, TextAreaField
from commission_app.dossiers.states import Part

TEXT = Length(max=4000, message="Raccourcissez ce texte : 4 000 signes au plus")


class PrecisionForm(Form):
    """What the coordination asks, part by part."""

    def remarks(self) -> dict[Part, str]:
        """The remarks that were written."""
        typed = {part: self[f"remark_{part.value}"].data or "" for part in Part}
        return {part: text for part, text in typed.items() if text}

    def validate(self, extra_validators: Any = None) -> bool:
        """At least one remark."""
        is_valid = bool(super().validate(extra_validators))
        if not self.remarks():
            self.form_errors.append("Écrivez au moins une précision à demander")
            return False
        return is_valid


for _part in Part:
    setattr(PrecisionForm, f"remark_{_part.value}", TextAreaField(_part.label, [Optional(), TEXT]))


class AnswerForm(Form):
    """The référent's answer to a remark."""

    answer = TextAreaField("Votre réponse", [InputRequired("Écrivez votre réponse, même courte"), TEXT])


class ExchangeForm(Form):
    """A talk before the commission."""

    held_on = DateField("Date de l’échange", [InputRequired("Indiquez la date de l’échange")])
    participants = StringField(
        "Avec qui", [InputRequired("Dites avec qui vous avez échangé"), Length(max=300)]
    )
    tried = TextAreaField("Ce qui a été essayé ou proposé", [Optional(), TEXT])
    outcome = TextAreaField("Ce qui en sort", [InputRequired("Dites ce qui sort de l’échange"), TEXT])
