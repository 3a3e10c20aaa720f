"""The sheets of a paper day as a form: one block a point."""

import re
import uuid
from collections.abc import Sequence
from typing import Any

from wtforms import (
    BooleanField,
    DateField,
    FieldList,
    FormField,
    HiddenField,
    IntegerField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms import Form as PlainForm
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import UUID, InputRequired, Length, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from commission_app.core.forms import Form, trimmed, uuid_or_none
from commission_app.core.french import long_date
from commission_app.sessions.decisions.paper.queries import Sheets
from commission_app.sessions.decisions.paper.services import Sheet
from commission_app.sessions.decisions.paper.states import KINDS, Outcome
from commission_app.sessions.states import DecisionKind

SIMPLE = (Outcome.NOT_SEEN, Outcome.SEEN, Outcome.PUT_OFF)
NAMED = {
    DecisionKind.NEW_OFFER: "Donnez un nom à la nouvelle offre.",
    DecisionKind.REMONTEE: "Donnez un thème à la remontée.",
}
#: Fields of a draft that a block names otherwise.
NAMES = {"offer_name": "named", "theme": "named"}
_RESERVATION = re.compile(r"^\s*(?P<structure>[^:]{2,120}?)\s*:\s*(?P<words>.+)$")


class SheetForm(PlainForm):
    """One point."""

    class Meta(PlainForm.Meta):  # type: ignore[misc]
        """French messages; text trimmed before it is checked."""

        locales = ("fr",)

        def bind_field(self, form: Any, unbound_field: Any, options: dict[str, Any]) -> Any:
            """Trim what was typed."""
            return unbound_field.bind(form=form, **{**options, "filters": (trimmed,)})

    item_id = HiddenField(validators=[UUID()])
    outcome = SelectField(
        "Issue",
        choices=[
            *(SelectChoice(one.value, one.label) for one in SIMPLE),
            *(SelectChoice(kind.value, f"Décision : {kind.label.lower()}") for kind in KINDS),
        ],
    )
    text = TextAreaField(
        "Ce qui est décidé, ou pourquoi le point est reporté", [Optional(), Length(max=2000)]
    )
    action_title = StringField("Action : quoi", [Optional(), Length(max=300)])
    structure_id = SelectField("Action : qui", coerce=uuid_or_none)
    due_on = DateField("Action : pour quand", [Optional()])
    named = StringField("Nom de la nouvelle offre, ou thème de la remontée", [Optional(), Length(max=80)])
    to_id = SelectField("Reporté à", coerce=uuid_or_none)
    teller_id = SelectField("Qui informe la personne", coerce=uuid_or_none)
    tell_on = DateField("Avant le", [Optional()])
    agreed = IntegerField("D’accord (nombre)", [Optional(), NumberRange(0, 500, "Entre 0 et 500.")])
    reservations = TextAreaField("Réserves, une par ligne, structure : motif", [Optional(), Length(max=2000)])

    def validate(self, extra_validators: Any = None) -> bool:
        """What the outcome asks for stands beside its field."""
        is_valid = super().validate(extra_validators)
        for name, sentence in self._missing():
            self[name].errors = [*self[name].errors, sentence]
            is_valid = False
        return is_valid

    def _missing(self) -> list[tuple[str, str]]:
        kind = self._kind()
        if self.outcome.data == Outcome.PUT_OFF and not self.text.data:
            return [("text", "Écrivez pourquoi le point est reporté.")]
        if kind is None:
            return self._not_expected()
        faults = [] if len(self.text.data or "") > 2 else [("text", "Écrivez ce qui est décidé.")]
        if self.structure_id.data and not self.due_on.data:
            faults.append(("due_on", "Dites pour quand : une action sans date se perd."))
        if not self.structure_id.data and (self.due_on.data or self.action_title.data):
            faults.append(("structure_id", "Dites qui s’en charge."))
        if kind in NAMED and len(self.named.data or "") < 3:
            faults.append(("named", NAMED[kind]))
        if self.reservations.data and self._reservations() is None:
            faults.append(("reservations", "Écrivez chaque réserve ainsi : structure, deux-points, motif."))
        return faults

    def _not_expected(self) -> list[tuple[str, str]]:
        """A decision typed under an outcome that holds none would be lost: it is refused instead."""
        if self.outcome.data != Outcome.PUT_OFF and (self.text.data or self.action_title.data):
            return [("outcome", "Choisissez la nature de la décision que vous avez écrite.")]
        return []

    def _kind(self) -> DecisionKind | None:
        return next((kind for kind in KINDS if kind.value == self.outcome.data), None)

    def _reservations(self) -> list[dict[str, str]] | None:
        found = []
        for line in (self.reservations.data or "").splitlines():
            if not line.strip():
                continue
            said = _RESERVATION.match(line)
            if said is None:
                return None
            found.append({"structure": said["structure"], "words": said["words"].strip()[:300]})
        return found

    def sheet(self) -> Sheet:
        """What the service takes."""
        kind = self._kind()
        return Sheet(
            item_id=uuid.UUID(self.item_id.data or ""),
            outcome=Outcome.DECIDED if kind else Outcome(self.outcome.data),
            text=self.text.data or "",
            kind=kind or DecisionKind.SOLUTION,
            action_title=self.action_title.data or "",
            structure_id=self.structure_id.data,
            due_on=self.due_on.data,
            teller_id=self.teller_id.data,
            tell_on=self.tell_on.data,
            named=self.named.data or "",
            agreed=self.agreed.data or 0,
            reservations=self._reservations() or [],
            to_id=self.to_id.data,
        )


class PaperForm(Form):
    """The whole day; the last box says that nothing is left to type."""

    present = SelectMultipleField(
        "Structures présentes",
        [InputRequired("Cochez les structures qui étaient là.")],
        coerce=uuid_or_none,
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
    )
    sheets = FieldList(FormField(SheetForm))
    complete = BooleanField(
        "Tout est saisi : la session sera close",
        [InputRequired("Cochez cette case quand tout est saisi. D’ici là, rien n’est enregistré.")],
    )

    def offer(self, sheets: Sheets) -> "PaperForm":
        """The lists to choose from; on a first display, a block for each open point."""
        self.present.choices = [SelectChoice(key, name) for key, name in sheets.invited]
        if not self.is_submitted():
            self.present.data = sheets.expected
            for item in sheets.items:
                self.sheets.append_entry({"item_id": str(item.id)})
        self.fill_choices(sheets)
        return self

    def fill_choices(self, sheets: Sheets) -> None:
        """What each block offers."""
        targets = [(target.id, long_date(target.starts_at)) for target in sheets.targets]
        for entry in self.sheets:
            _offer(entry.form.structure_id, "Personne", sheets.structures)
            _offer(entry.form.to_id, "Pas encore de session choisie", targets)
            _offer(entry.form.teller_id, "Le référent d’étape", sheets.people)

    @property
    def written(self) -> list[Sheet]:
        """Every sheet, in the order of the day."""
        return [entry.form.sheet() for entry in self.sheets]

    def refuse_sheet(self, item_id: uuid.UUID, message: str, *, field: str) -> None:
        """Show what the service refused beside its field."""
        for entry in self.sheets:
            if entry.form.item_id.data == str(item_id):
                place = entry.form[NAMES.get(field, field)]
                place.errors = [*place.errors, message]
        self.sheets.errors = [entry.errors for entry in self.sheets]

    def is_stale(self, sheets: Sheets) -> bool:
        """Whether the points changed since the page was shown."""
        return {entry.form.item_id.data for entry in self.sheets} != set(sheets.by_id)

    def realign(self, sheets: Sheets) -> None:
        """Show the points as they now are, each with what was typed on it.

        What was typed on a point that is no longer open is said on top."""
        typed = {entry.form.item_id.data: entry.form.data for entry in self.sheets}
        while self.sheets.entries:
            self.sheets.pop_entry()
        for item in sheets.items:
            self.sheets.append_entry(typed.pop(str(item.id), {"item_id": str(item.id)}))
        for lost in typed.values():
            if lost["text"]:
                self.refuse(f"Un point a été traité ailleurs. Vous aviez écrit : « {lost['text']} »")
        self.fill_choices(sheets)


def _offer(field: SelectField, nobody: str, choices: Sequence[tuple[uuid.UUID, str]]) -> None:
    field.choices = [SelectChoice("", nobody), *(SelectChoice(key, name) for key, name in choices)]
