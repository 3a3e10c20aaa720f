"""The fields of every form of a dossier, with French sentences."""

from collections.abc import Callable
from typing import Any, TypeVar

import wtforms
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import StopValidation, ValidationError

from commission_app.core import clock
from commission_app.core.states import Labelled

L = TypeVar("L", bound=Labelled)
__all__ = [
    "DateField",
    "IntegerField",
    "PastDateField",
    "SelectChoice",
    "StringField",
    "TextAreaField",
    "choices_of",
    "member_or_none",
]

DATES = ["%Y-%m-%d", "%d/%m/%Y"]
FIRST_YEAR, LAST_YEAR = 1900, 2199


class StringField(wtforms.StringField):
    """A line of text; nothing sent is an empty one."""

    def process(self, *args: Any, **options: Any) -> None:
        """Read what was sent."""
        super().process(*args, **options)
        self.data = self.data or ""


class TextAreaField(wtforms.TextAreaField):
    """A text; nothing sent is an empty one."""

    def process(self, *args: Any, **options: Any) -> None:
        """Read what was sent."""
        super().process(*args, **options)
        self.data = self.data or ""


class DateField(wtforms.DateField):
    """A day, as the browser sends it or as people write it.

    A year that is half typed is refused: a browser sends « 0202 » on the way to « 2026 ».
    """

    def __init__(self, label: str = "", validators: Any = None, **options: Any) -> None:
        super().__init__(label, validators, format=DATES, **options)

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Say in French what was expected."""
        if valuelist and not valuelist[0]:
            self.data = None
            return
        try:
            super().process_formdata(valuelist)
        except ValueError as error:
            raise ValueError("Écrivez une date, par exemple 18/11/2026") from error

    def pre_validate(self, form: Any) -> None:
        """A year that people live in."""
        if self.data and not FIRST_YEAR <= self.data.year <= LAST_YEAR:
            raise ValidationError("Écrivez l’année en entier, par exemple 2026")


class PastDateField(DateField):
    """A day on which something happened: today at the latest."""

    def pre_validate(self, form: Any) -> None:
        """Refuse a day still to come."""
        super().pre_validate(form)
        if self.data and self.data > clock.today():
            raise ValidationError("Indiquez un jour déjà passé, ou aujourd’hui")


class IntegerField(wtforms.IntegerField):
    """A whole number."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Say in French what was expected; nothing typed is no number."""
        if valuelist and not valuelist[0].strip():
            self.data = None
            return
        try:
            super().process_formdata(valuelist)
        except ValueError as error:
            raise ValueError("Écrivez un nombre entier, par exemple 6") from error

    def pre_validate(self, form: Any) -> None:
        """What is no number is said once; its size is not looked at."""
        if self.process_errors:
            raise StopValidation()


def choices_of(kind: type[Labelled], empty: str = "") -> list[SelectChoice]:
    """The members of an enumeration for a choice, after an empty one when it is named."""
    first = [SelectChoice("", empty)] if empty else []
    return [*first, *(SelectChoice(member.value, member.label) for member in kind)]


def member_or_none(kind: type[L]) -> Callable[[object], L | None]:
    """A coerce: the member of that value, none for nothing."""

    def coerce(value: object) -> L | None:
        return kind(str(value)) if value not in (None, "", "None") else None

    return coerce
