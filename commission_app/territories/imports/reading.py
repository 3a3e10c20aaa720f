"""A list as a spreadsheet writes it: lines with named columns, whatever the separator or the capitals."""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from commission_app.core.errors import InvalidInputError
from commission_app.territories.names import folded

MAX_LINES = 5000
SEPARATORS = ";\t,"


@dataclass(frozen=True)
class LineError:
    """What is wrong on a line, counted as the spreadsheet counts."""

    line: int
    message: str


@dataclass(frozen=True)
class Line:
    """One line: its number and its values by column, '' where there is none."""

    number: int
    values: Mapping[str, str]


def read_lines(text: str, columns: Mapping[str, Sequence[str]], *, required: Sequence[str]) -> list[Line]:
    """The lines of a list whose first line names the columns; unknown columns are left aside.

    `columns` gives for each column the headings it is known by. Refused: no heading, a required column
    missing, no line, too many lines (InvalidInputError).
    """
    text = text.lstrip("\ufeff")
    first = text.split("\n", 1)[0]
    separator = max(SEPARATORS, key=first.count)
    rows = _rows(text, separator)
    places = _places(rows[0][1] if rows else [], columns)
    missing = [columns[name][0] for name in required if name not in places]
    if missing:
        raise InvalidInputError(
            f"La première ligne doit nommer les colonnes. Il manque : {', '.join(missing)}."
        )
    lines = [Line(number, _values(row, places)) for number, row in rows[1:] if any(row)]
    if not lines:
        raise InvalidInputError("La liste ne contient aucune ligne sous les noms de colonnes.")
    if len(lines) > MAX_LINES:
        raise InvalidInputError(f"La liste dépasse {MAX_LINES} lignes : partagez-la en plusieurs.")
    return lines


def _rows(text: str, separator: str) -> list[tuple[int, list[str]]]:
    """Each row with the number of its last line."""
    reader = csv.reader(io.StringIO(text), delimiter=separator)
    try:
        return [(reader.line_num, row) for row in reader]
    except csv.Error:
        raise InvalidInputError("Ce texte n’est pas une liste de tableur.") from None


def decoded(content: bytes) -> str:
    """The text of a file, as UTF-8 or as an older Excel writes it."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _places(header: Sequence[str], columns: Mapping[str, Sequence[str]]) -> dict[str, int]:
    known = {folded(alias): name for name, aliases in columns.items() for alias in aliases}
    found = [(known.get(folded(cell.replace("_", " "))), place) for place, cell in enumerate(header)]
    return {name: place for name, place in found if name is not None}


def _values(row: Sequence[str], places: Mapping[str, int]) -> dict[str, str]:
    return {name: row[place].strip() if place < len(row) else "" for name, place in places.items()}
