"""Writing a programme line by line."""

from datetime import time
from typing import Any

from wtforms import Field, FieldList, FormField, IntegerField, SelectField, StringField, TimeField
from wtforms import Form as PlainForm
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from commission_app.core.forms import VersionedForm, choice_of
from commission_app.sessions.programme.frame import Moment, Programme
from commission_app.sessions.states import ItemKind

BLANK_LINES = 3
MOST_LINES = 30


class MomentForm(PlainForm):
    """One line; a line without an hour is left out."""

    class Meta(PlainForm.Meta):  # type: ignore[misc]
        """French messages."""

        locales = ("fr",)

    starts = TimeField("Heure", [Optional()])
    minutes = IntegerField(
        "Minutes", [Optional(), NumberRange(5, 300, "Entre 5 et 300 minutes.")], default=30
    )
    kind = SelectField(
        "Moment", choices=list(map(choice_of, ItemKind.choices())), default=ItemKind.NEWS.value
    )
    title = StringField("Intitulé", [Optional(), Length(max=200)])


class ProgrammeForm(VersionedForm):
    """The lines of a day."""

    lines = FieldList(FormField(MomentForm), max_entries=MOST_LINES)

    def show(self, programme: Programme) -> None:
        """Fill the lines, with some blank ones to write in."""
        for line in programme:
            self.lines.append_entry({**line, "starts": time.fromisoformat(str(line["starts"]))})
        for _ in range(BLANK_LINES):
            self.lines.append_entry({})

    def said(self, field: Field) -> str:
        """The lines with an hour, one under the other."""
        return "\n".join(map(_in_words, self.moments)) if field is self.lines else super().said(field)

    @property
    def moments(self) -> list[Moment]:
        """The lines that were written."""
        return [_moment(line.data) for line in self.lines if line.data["starts"]]


class TemplateForm(ProgrammeForm):
    """The lines and the hours of a territory's usual day."""

    starts = TimeField("La journée commence à", [InputRequired("Donnez l’heure de début.")])
    ends = TimeField("La journée finit à", [InputRequired("Donnez l’heure de fin.")])


def _in_words(moment: Moment) -> str:
    title = f" : {moment.title}" if moment.title else ""
    return f"{moment.starts:%H:%M} {moment.kind.label}{title} ({moment.minutes} minutes)"


def _moment(line: dict[str, Any]) -> Moment:
    return Moment(
        line["starts"], line["minutes"] or 30, ItemKind(line["kind"]), (line["title"] or "").strip()
    )
