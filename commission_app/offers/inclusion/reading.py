"""Reading pasted JSON one object of its list at a time, so that each fault is told by its line."""

import json
from dataclasses import dataclass
from typing import Any, NoReturn

MAX_CHARACTERS = 900_000
MAX_RECORDS = 2_000
_BLANKS = " \t\r\n"


@dataclass(frozen=True)
class Read:
    """An object of the list and the line on which it begins."""

    line: int
    content: Any


class ReadingError(ValueError):
    """The text is not the list that was asked for; `line` says where."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line
        self.message = message


def read_list(text: str) -> list[Read]:
    """The objects of a JSON list, or of the list `services` in an object, with their lines.

    Raises ReadingError at the first place that cannot be read.
    """
    if len(text) > MAX_CHARACTERS:
        raise ReadingError(1, "le texte dépasse un million de signes")
    place = _skip(text, 0)
    if text[place : place + 1] == "{":
        place = _services(text, place)
        return _items(text, place)[0]
    found, end = _items(text, place)
    if text[end:].strip(_BLANKS):
        raise ReadingError(_line(text, end), "il y a du texte après la fin de la liste")
    return found


def _items(text: str, place: int) -> tuple[list[Read], int]:
    if text[place : place + 1] != "[":
        raise ReadingError(_line(text, place), "il faut une liste : « [ … ] »")
    found: list[Read] = []
    place = _skip(text, place + 1)
    while text[place : place + 1] != "]":
        if found:
            place = _after_comma(text, place)
        content, end = _object(text, place)
        found.append(Read(_line(text, place), content))
        if len(found) > MAX_RECORDS:
            raise ReadingError(_line(text, place), f"plus de {MAX_RECORDS} objets")
        place = _skip(text, end)
    return found, place + 1


def _services(text: str, place: int) -> int:
    """Where the list `services` begins in an object; the rest of the object must be readable too."""
    _object(text, place)
    place = _skip(text, place + 1)
    while text[place : place + 1] == '"':
        name, place = _object(text, place)
        place = _skip(text, _skip(text, place) + 1)
        if name == "services":
            return place
        _, place = _object(text, place)
        place = _skip(text, _skip(text, place) + 1)
    raise ReadingError(_line(text, place), "il manque la liste « services »")


def _object(text: str, place: int) -> tuple[Any, int]:
    try:
        return _DECODER.raw_decode(text, place)
    except json.JSONDecodeError as error:
        raise ReadingError(_line(text, error.pos), "ce n’est pas du JSON") from error
    except _TwiceError as error:
        raise ReadingError(_line(text, place), str(error)) from error
    except (RecursionError, ValueError) as error:
        raise ReadingError(_line(text, place), "cet objet ne peut pas être lu") from error


def _after_comma(text: str, place: int) -> int:
    if text[place : place + 1] != ",":
        raise ReadingError(_line(text, place), "il manque une virgule ou la fin de la liste « ] »")
    return _skip(text, place + 1)


def _skip(text: str, place: int) -> int:
    while place < len(text) and text[place] in _BLANKS:
        place += 1
    return place


def _line(text: str, place: int) -> int:
    return text.count("\n", 0, place) + 1


class _TwiceError(ValueError):
    """A name stands twice in one object: one of the values would be lost."""


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise _TwiceError(f"« {name} » est écrit deux fois")
        found[name] = value
    return found


def _no_constant(name: str) -> NoReturn:
    raise ValueError(name)


_DECODER = json.JSONDecoder(object_pairs_hook=_once, parse_constant=_no_constant)
