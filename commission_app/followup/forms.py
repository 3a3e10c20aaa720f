"""Writing an action down, giving it up, saying how it goes."""

from typing import Any

from wtforms import DateField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional, ValidationError

from commission_app.accounts.models import User
from commission_app.core import clock
from commission_app.core.forms import Form, VersionedForm, uuid_or_none
from commission_app.territories.models import Structure


class ActionForm(Form):
    """An action that comes from no decision."""

    title = StringField(
        "Ce qui est à faire",
        validators=[
            InputRequired("Écrivez ce qui est à faire."),
            Length(max=300, message="Raccourcissez : trois cents signes au plus."),
        ],
        description="Commencez par un verbe. Ne nommez aucune personne accompagnée.",
    )
    structure_id = SelectField(
        "Structure qui porte l’action",
        coerce=uuid_or_none,
        validators=[InputRequired("Choisissez la structure qui porte l’action.")],
    )
    owner_id = SelectField("Personne de cette structure", coerce=uuid_or_none, validators=[Optional()])
    due_on = DateField("Pour le", validators=[InputRequired("Donnez un jour, par exemple 08/12/2026.")])

    def offer(self, structures: list[Structure], people: list[User]) -> "ActionForm":
        """Set the structures of the territory and their people to choose from."""
        self.structure_id.choices = [("", "Choisir"), *((str(one.id), one.name) for one in structures)]
        named = (
            (str(one.id), f"{one.full_name}, {one.structure_name}") for one in people if one.structure_id
        )
        self.owner_id.choices = [("", "Toute la structure"), *named]
        return self

    def validate_due_on(self, field: Any) -> None:
        """An action is for today or later."""
        if field.data is not None and field.data < clock.today():
            raise ValidationError("Ce jour est passé : choisissez aujourd’hui ou plus tard.")


class DropForm(VersionedForm):
    """Giving an action up."""

    reason = TextAreaField(
        "Pourquoi l’abandonner ?",
        validators=[
            InputRequired("Écrivez pourquoi l’action est abandonnée."),
            Length(max=1000, message="Raccourcissez : mille signes au plus."),
        ],
        description="Le motif restera lisible par le territoire. Ne nommez aucune personne accompagnée.",
    )


class NoteForm(Form):
    """A line on how it goes."""

    text = TextAreaField(
        "Où en est l’action ?",
        validators=[
            InputRequired("Écrivez où en est l’action."),
            Length(max=1000, message="Raccourcissez : mille signes au plus."),
        ],
        description="Ne nommez aucune personne accompagnée.",
    )
