"""The parts made of lines: the parcours and what was tried. Lines are added and removed without a script."""

from typing import Any
from uuid import uuid4

from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, FieldList, FormField, HiddenField, RadioField, SelectField
from wtforms.validators import InputRequired, Length, Optional, ValidationError

from commission_app.core.forms import Form, spoken
from commission_app.dossiers.fields import (
    DateField,
    PastDateField,
    StringField,
    TextAreaField,
    choices_of,
    member_or_none,
)
from commission_app.dossiers.models import Dossier
from commission_app.dossiers.parts.forms import TOO_LONG, PartForm
from commission_app.dossiers.parts.services import MOST_LINES
from commission_app.dossiers.states import AttemptScope, Part, StepOutcome
from commission_app.dossiers.writing.merging import Data


class Line(Form):
    """One line of a list; the form around it carries the token."""

    class Meta(Form.Meta):
        """No token of its own."""

        csrf = False

    key = HiddenField(default=lambda: str(uuid4()))
    #: The fields that make a line worth keeping.
    written: tuple[str, ...] = ()

    def is_blank(self) -> bool:
        """Whether nothing was written on the line."""
        fields = [self[name] for name in self.written]
        return not any(field.data or any(field.raw_data or ()) for field in fields)

    def validate(self, extra_validators: Any = None) -> bool:
        """A line on which nothing is written is left out, not refused."""
        return self.is_blank() or super().validate(extra_validators)


class StepLine(Line):
    """One step of the parcours."""

    written = ("starts_on", "ends_on", "action", "structure_name", "result")
    starts_on = DateField("Début", [InputRequired("Indiquez le début de l’étape")])
    ends_on = DateField("Fin", [Optional()])
    action = StringField("Action", [InputRequired("Dites ce qui a été fait ou prévu"), Length(max=200)])
    structure_name = StringField("Structure", [Optional(), Length(max=150)])
    outcome = SelectField(
        "Où en est-elle ?", choices=choices_of(StepOutcome), coerce=StepOutcome, default=StepOutcome.DONE
    )
    result = StringField("Résultat", [Optional(), Length(max=500)])

    def validate_ends_on(self, field: Any) -> None:
        """An end comes after its beginning."""
        if field.data and self.starts_on.data and field.data < self.starts_on.data:
            raise ValidationError("La fin vient après le début")


class AttemptLine(Line):
    """Something that was tried."""

    written = ("tried_on", "what", "with_whom", "result")
    scope = RadioField(
        "Où ?", choices=choices_of(AttemptScope), coerce=member_or_none(AttemptScope),
        default=AttemptScope.INSIDE,
    )  # fmt: skip
    tried_on = PastDateField("Date", [InputRequired("Indiquez la date de l’essai")])
    what = StringField("Ce qui a été tenté", [InputRequired("Dites ce qui a été tenté"), Length(max=300)])
    with_whom = StringField("Avec qui", [Optional(), Length(max=200)])
    result = StringField("Résultat", [Optional(), Length(max=500)])
    helped = BooleanField("Cela a aidé")


class LinesForm(PartForm):
    """A part with a list of lines named `list_name`."""

    list_name: str
    attribute: str
    line_name: str
    cells: tuple[str, ...]

    @classmethod
    def stored(cls, dossier: Dossier) -> dict[str, Any]:
        """The lines as they are kept."""
        return {
            **super().stored(dossier),
            cls.list_name: [cls._row(line) for line in getattr(dossier, cls.attribute)],
        }

    @classmethod
    def _row(cls, line: Any) -> dict[str, Any]:
        return {"key": str(line.id), **{name: getattr(line, name) for name in cls.cells}}

    @classmethod
    def values(cls, data: Data) -> dict[str, Any]:
        """The same, with the lines."""
        return {**super().values(data), cls.list_name: data[cls.list_name]}

    def typed(self) -> dict[str, Any]:
        """The same, less the lines on which nothing is written."""
        written = [row.form.data for row in self.lines if not row.form.is_blank()]
        return {**super().typed(), self.list_name: written}

    def said(self, name: str) -> tuple[str, str, bool]:
        """A line is said in one go."""
        key = name.partition(":")[2]
        if not key:
            return super().said(name)
        rows = [(number, row) for number, row in enumerate(self.lines, 1) if row.form.key.data == key]
        label = f"{self.line_name} {rows[0][0]}" if rows else self.line_name
        texts = [spoken(row.form[cell]) for _, row in rows for cell in self.cells]
        return label, " · ".join(filter(None, texts)), False

    @property
    def lines(self) -> "FieldList[FormField[Line]]":
        """The list of lines."""
        found: FieldList[FormField[Line]] = self[self.list_name]
        return found


class ParcoursForm(LinesForm):
    """5. Parcours."""

    part, list_name, attribute, line_name = Part.PARCOURS, "steps", "parcours", "Étape"
    cells = ("starts_on", "ends_on", "action", "structure_name", "outcome", "result")
    origin_who = StringField("Qui a orienté la personne à l’origine ?", [Optional(), Length(max=200)])
    origin_how = TextAreaField("Comment ?", [Optional(), TOO_LONG])
    origin_why = TextAreaField("Pourquoi ? Quels étaient les objectifs ?", [Optional(), TOO_LONG])
    steps = FieldList(
        FormField(StepLine),
        "Étapes du parcours",
        min_entries=1,
        max_entries=MOST_LINES,
    )


class AttemptsForm(LinesForm):
    """6. Ce qui a été tenté."""

    part, list_name, attribute, line_name = Part.ATTEMPTS, "attempts", "attempts", "Essai"
    cells = ("scope", "tried_on", "what", "with_whom", "result", "helped")
    attempts = FieldList(FormField(AttemptLine), "Essais", min_entries=1, max_entries=MOST_LINES)
    no_inside_reason = TextAreaField("Rien dans la structure ? Dites pourquoi", [Optional(), TOO_LONG])
    no_outside_reason = TextAreaField("Rien à l’extérieur ? Dites pourquoi", [Optional(), TOO_LONG])


def without_line(typed: "MultiDict[str, str]", list_name: str, position: int) -> "MultiDict[str, str]":
    """What was typed, less one line; the lines after it move up."""
    kept: MultiDict[str, str] = MultiDict()
    for name, value in typed.items(multi=True):
        start, _, rest = name.partition("-")
        number, _, field = rest.partition("-")
        if start != list_name or not number.isdigit():
            kept.add(name, value)
        elif int(number) != position:
            kept.add(f"{list_name}-{int(number) - (int(number) > position)}-{field}", value)
    return kept
