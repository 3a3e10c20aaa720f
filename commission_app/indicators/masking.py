"""The rule of five persons: no figure under which fewer than five stand, none that a subtraction gives away.

Pure functions on tables of counts of persons.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from fractions import Fraction

FEWEST = 5

Shown = int | None
Place = tuple[int, int]
Line = list[Place]


@dataclass(frozen=True)
class Table:
    """A table as it may be shown: None stands for a figure that is not."""

    cells: list[list[Shown]]
    row_totals: list[Shown]
    column_totals: list[Shown]
    total: Shown


def is_small(count: int) -> bool:
    """Whether a figure stands for somebody, and for fewer than five."""
    return 0 < count < FEWEST


def shown(count: int) -> Shown:
    """A figure alone, or None when it is small."""
    return None if is_small(count) else count


def masked(counts: Sequence[Sequence[int]], *, hide: Collection[Place] = ()) -> Table:
    """A table with its totals, as it may be shown; `hide` names places that another table hides already.

    Small figures are hidden, then the smallest others beside them until no line of the table, and no sum of
    lines, gives a hidden figure, nor the sum of hidden ones where that sum is itself small.
    """
    values = _with_totals(counts)
    lines = _lines(len(counts), len(counts[0]) if counts else 0)
    hidden = {place for place, value in values.items() if is_small(value)} | (set(hide) & set(values))
    while place := _next_to_hide(values, lines, hidden):
        hidden.add(place)
    return _table(values, hidden, len(counts), len(counts[0]) if counts else 0)


def masked_parts(counts: Sequence[int]) -> tuple[list[Shown], Shown]:
    """The parts of one total, and the total, as they may be shown."""
    if not counts:
        return [], 0
    table = masked([counts])
    return table.cells[0], table.row_totals[0]


def masked_alike(first: Sequence[Sequence[int]], second: Sequence[Sequence[int]]) -> tuple[Table, Table]:
    """Two tables that divide the same totals of their rows in two ways: what one hides the other hides."""
    rows: set[int] = set()
    while True:
        tables = [masked(counts, hide={(row, len(counts[0])) for row in rows}) for counts in (first, second)]
        found = {row for table in tables for row in _hidden_rows(table)}
        if found == rows:
            return tables[0], tables[1]
        rows = found


def _hidden_rows(table: Table) -> set[int]:
    """The rows whose total is hidden; the last number stands for the total of all."""
    totals = [*table.row_totals, *([table.total] if len(table.row_totals) > 1 else [])]
    return {row for row, total in enumerate(totals) if total is None}


def _with_totals(counts: Sequence[Sequence[int]]) -> dict[Place, int]:
    """Every figure by its place; the totals stand in a last row and a last column."""
    rows, columns = len(counts), len(counts[0]) if counts else 0
    values = {(r, c): counts[r][c] for r in range(rows) for c in range(columns)}
    values |= {(r, columns): sum(counts[r]) for r in range(rows)}
    if rows > 1:
        values |= {(rows, c): sum(row[c] for row in counts) for c in range(columns)}
        values[rows, columns] = sum(map(sum, counts))
    return values


def _lines(rows: int, columns: int) -> list[Line]:
    """Each line of the table, its total last."""
    if rows == 1:
        return [[(0, c) for c in range(columns + 1)]]
    across = [[(r, c) for c in range(columns + 1)] for r in range(rows + 1)]
    down = [[(r, c) for r in range(rows + 1)] for c in range(columns + 1)]
    return across + down


def _next_to_hide(values: dict[Place, int], lines: list[Line], hidden: set[Place]) -> Place | None:
    for line in lines:
        if _gives_away(values, line, hidden):
            return _smallest_shown(values, line, hidden)
    for place in sorted(_determined(lines, hidden)):
        for line in lines:
            if place in line and (other := _smallest_shown(values, line, hidden)):
                return other
    return None


def _gives_away(values: dict[Place, int], line: Line, hidden: set[Place]) -> bool:
    """Whether the total of a line less what is shown of it says too much."""
    unknown = [place for place in line if place in hidden]
    if not unknown or not _smallest_shown(values, line, hidden):
        return False
    if line[-1] in hidden:
        return len(unknown) == 1
    return len(unknown) == 1 or is_small(sum(values[place] for place in unknown))


def _smallest_shown(values: dict[Place, int], line: Line, hidden: set[Place]) -> Place | None:
    """The part that costs least to hide; the total when every part that counts somebody is hidden."""
    parts = [place for place in line[:-1] if place not in hidden and values[place]]
    if parts:
        return min(parts, key=lambda place: (values[place], place))
    return line[-1] if line[-1] not in hidden and values[line[-1]] else None


def _determined(lines: list[Line], hidden: set[Place]) -> set[Place]:
    """The hidden figures that the lines of the table, taken together, leave no choice about."""
    places = sorted(hidden)
    rows = [_equation(line, places) for line in lines]
    solved = _reduced([row for row in rows if any(row)])
    alone = [[at for at, factor in enumerate(row) if factor] for row in solved]
    return {places[found[0]] for found in alone if len(found) == 1}


def _equation(line: Line, places: list[Place]) -> list[Fraction]:
    """Parts less total is nothing: the factors of the hidden figures in it."""
    return [Fraction((-1 if place == line[-1] else 1) if place in line else 0) for place in places]


def _reduced(rows: list[list[Fraction]]) -> list[list[Fraction]]:
    """The same equations, each solved for one figure (Gauss and Jordan)."""
    done = 0
    for column in range(len(rows[0]) if rows else 0):
        pivot = next((at for at in range(done, len(rows)) if rows[at][column]), None)
        if pivot is None:
            continue
        rows[done], rows[pivot] = rows[pivot], rows[done]
        lead = rows[done][column]
        rows[done] = [factor / lead for factor in rows[done]]
        for at, row in enumerate(rows):
            if at != done and row[column]:
                rows[at] = [one - row[column] * two for one, two in zip(row, rows[done], strict=True)]
        done += 1
    return rows[:done]


def _table(values: dict[Place, int], hidden: set[Place], rows: int, columns: int) -> Table:
    def at(row: int, column: int) -> Shown:
        return None if (row, column) in hidden else values.get((row, column), 0)

    last = rows if rows > 1 else 0
    return Table(
        cells=[[at(r, c) for c in range(columns)] for r in range(rows)],
        row_totals=[at(r, columns) for r in range(rows)],
        column_totals=[at(last, c) for c in range(columns)],
        total=at(last, columns) if rows else 0,
    )
