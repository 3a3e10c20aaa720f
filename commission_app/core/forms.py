"""The form that every form is: CSRF on, French messages, text trimmed, a payload for the service."""

from collections.abc import Collection, Sequence
from typing import Any, ClassVar
from uuid import UUID

from flask_wtf import FlaskForm
from wtforms import (
    Field,
    FieldList,
    FormField,
    HiddenField,
    IntegerField,
    PasswordField,
    StringField,
    ValidationError,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.widgets import HiddenInput

from commission_app.core import french
from commission_app.core.form_sentences import PlainSentences
from commission_app.core.mailboxes import problem_of
from commission_app.core.nir import REFUSAL, has_nir

SENTENCES = PlainSentences()
KEPT = (
    "Quelqu’un a modifié cette page entre-temps. Ce que vous avez écrit est gardé ci-dessous : relisez, "
    "puis enregistrez de nouveau."
)
_NOT_PAYLOAD = {"csrf_token", "submit"}


def trimmed(value: object) -> object:
    """What was typed without the blanks around it, nor the signs that no database of text keeps."""
    return value.replace("\0", "").strip() if type(value) is str else value  # not of an enumeration


def uuid_or_none(value: object) -> UUID | None:
    """A coerce for select fields of identifiers: '' is none; a malformed one raises ValueError, shown as
    invalid."""
    if value in (None, "", "None"):
        return None
    return value if isinstance(value, UUID) else UUID(str(value))


def choice_of(choice: Any) -> SelectChoice:
    """A choice as WTForms wants it, from a pair of value and label."""
    return choice if isinstance(choice, SelectChoice) else SelectChoice(*choice)


def is_address(_form: Any, field: Field) -> None:
    """A validator: the sentence that says why no mail would reach what was typed."""
    if problem := problem_of(field.data or ""):
        raise ValidationError(problem)


class Form(FlaskForm):  # type: ignore[misc]
    """Base of every form. A social-security number is refused in each of its texts, with the reason."""

    #: Texts that no person wrote: a list that another software exported.
    exported: ClassVar[tuple[str, ...]] = ()

    class Meta(FlaskForm.Meta):  # type: ignore[misc]
        """French messages; text trimmed before it is checked; choices as pairs of value and label."""

        def get_translations(self, form: Any) -> PlainSentences:
            """Plain French for what the library says itself."""
            return SENTENCES

        def bind_field(self, form: Any, unbound_field: Any, options: dict[str, Any]) -> Field:
            """Trim text, unless the field brings filters of its own or holds other fields."""
            nests = issubclass(unbound_field.field_class, FieldList | FormField)
            if "filters" not in unbound_field.kwargs and not nests:
                options = {**options, "filters": (trimmed,)}
            if choices := unbound_field.kwargs.get("choices"):
                options = {**options, "choices": [choice_of(one) for one in choices]}
            bound: Field = unbound_field.bind(form=form, **options)
            return bound

    def process(self, *args: Any, **options: Any) -> None:
        """Read what was sent; blanks alone are nothing, also where something is asked for."""
        super().process(*args, **options)
        for field in self:
            if field.raw_data and trimmed in field.filters:
                field.raw_data = [trimmed(one) for one in field.raw_data]

    def validate(self, extra_validators: Any = None) -> bool:
        """What the fields ask, and no social-security number in any text."""
        is_valid = bool(super().validate(extra_validators))
        numbered = [field for field in self if _is_text(field) and has_nir(field.data or "")]
        refused = [field for field in numbered if field.name not in self.exported]
        for field in refused:
            field.errors = [REFUSAL, *field.errors]
        return is_valid and not refused

    def payload(self) -> dict[str, Any]:
        """The checked values, ready for the keyword arguments of a service."""
        return {name: value for name, value in self.data.items() if name not in _NOT_PAYLOAD}

    def refuse(self, message: str, *, field: str = "") -> None:
        """Show a refusal of the service beside a field, or on top when it names none."""
        if field and field in self:
            self[field].errors = [*self[field].errors, message]
        else:
            self.form_errors.append(message)


def _is_text(field: Field) -> bool:
    """Whether a person writes in it what others will read."""
    return isinstance(field, StringField) and not isinstance(field, HiddenField | PasswordField)


def spoken(field: Any) -> str:
    """The value of a field as a person reads it."""
    if hasattr(field, "iter_choices"):
        return ", ".join(choice.label for choice in field.iter_choices() if choice.selected and choice.value)
    if isinstance(field.data, bool):
        return "oui" if field.data else "non"
    if field.data is None:
        return ""
    return french.numeric_date(field.data) if hasattr(field.data, "year") else str(field.data)


class VersionedForm(Form):
    """A form on a row that two people may edit: it carries the version that was read."""

    version = IntegerField(widget=HiddenInput(), default=1)

    #: (label, kept, typed) of each field in which somebody else saved something else meanwhile.
    clashes: Sequence[tuple[str, str, str]] = ()

    def said(self, field: Field) -> str:
        """The value of one of the fields, as a person compares it."""
        return spoken(field)

    def keep_typed(self, version: int) -> None:
        """After a stale act: what was typed stays in the form, the next try goes by the version now read."""
        self.version.raw_data, self.version.data = None, version
        self.refuse(KEPT)

    def keep_beside(self, kept: "VersionedForm", *, apart: Collection[str] = ()) -> None:
        """After a stale save: what was typed stays in the form, under what `kept` holds where it says
        something else (`apart` names fields that are no text of the row); the next save decides."""
        silent = {"version", *_NOT_PAYLOAD, *apart}
        names = [one.name for one in self if one.name in kept and one.name not in silent]
        said = [(self[name].label.text, kept.said(kept[name]), self.said(self[name])) for name in names]
        self.clashes = [one for one in said if one[1].split() != one[2].split()]
        self.keep_typed(kept.version.data or 0)
