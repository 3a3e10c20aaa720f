"""Lists as files for a spreadsheet: no cell of them can become a formula."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime

from flask import Response
from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from commission_app.core import clock

Cell = str | int | float | date | datetime | None
Row = Sequence[Cell]

_ACTIVE = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")
_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
FORMATS = frozenset(_TYPES)


def neutral(value: Cell) -> Cell:
    """A cell that a spreadsheet reads as text even when it begins as a formula; numbers and dates stay."""
    if isinstance(value, datetime):
        return clock.local(value).replace(tzinfo=None)
    if not isinstance(value, str):
        return value
    text = "".join(sign for sign in value if sign >= " " or sign in "\n\t")
    return f"'{text}" if text.lstrip(" \u00a0\ufeff").startswith(_ACTIVE) or text[:1] in _ACTIVE else text


def csv_of(columns: Sequence[str], rows: Iterable[Row]) -> bytes:
    """A CSV file as French spreadsheets open it: semicolons, UTF-8 with its mark, days as 2026-12-08."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow(["" if cell is None else neutral(cell) for cell in row])
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def xlsx_of(sheets: Sequence[tuple[str, Sequence[str], Iterable[Row]]]) -> bytes:
    """A workbook; each sheet is (name, columns, rows)."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, columns, rows in sheets:
        sheet = book.create_sheet(name[:31])
        sheet.append(list(columns))
        for row in rows:
            sheet.append([neutral(cell) for cell in row])
        for number, column in enumerate(columns, 1):
            sheet.cell(1, number).font = Font(bold=True)
            sheet.column_dimensions[get_column_letter(number)].width = max(14, min(48, len(column) + 8))
        for cells in sheet.iter_rows(min_row=2):
            for cell in cells:
                cell.data_type = "s" if isinstance(cell.value, str) else cell.data_type
        sheet.freeze_panes = "A2"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def row_count(content: bytes) -> int:
    """How many lines a CSV file holds under its heading."""
    return sum(1 for _ in csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";")) - 1


def download(content: bytes, name: str, extension: str) -> Response:
    """A file to keep, named after what it holds and the day, never after a person."""
    answer = Response(content, content_type=_TYPES.get(extension, "application/json"))
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}-{clock.today()}.{extension}"'
    return answer
