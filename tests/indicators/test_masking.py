"""The rule of five persons, against an adversary who knows how to subtract."""

import random
from itertools import product

import pytest

from commission_app.indicators.masking import masked, masked_alike, masked_parts, shown


@pytest.mark.parametrize(("count", "said"), [(0, 0), (1, None), (4, None), (5, 5), (12, 12)])
def test_a_figure_alone(count, said):
    assert shown(count) == said


def test_large_parts_are_all_shown():
    assert masked_parts([7, 10, 14]) == ([7, 10, 14], 31)


def test_one_small_part_hides_a_second_one():
    parts, total = masked_parts([3, 10, 14])
    assert (parts, total) == ([None, None, 14], 27)


def test_two_small_parts_that_make_a_small_sum_hide_a_third():
    parts, total = masked_parts([1, 1, 20, 9])
    assert (parts, total) == ([None, None, 20, None], 31)


def test_a_small_part_alone_hides_its_total():
    assert masked_parts([3, 0, 0]) == ([None, 0, 0], None)


def test_nobody_hides_nothing():
    assert masked_parts([0, 0]) == ([0, 0], 0)
    assert masked_parts([]) == ([], 0)


def test_a_hidden_total_is_not_the_sum_of_what_is_shown():
    table = masked([[2, 0], [9, 8]])
    assert table.cells[0][0] is None
    assert table.row_totals[0] is None
    assert table.cells[1][0] is None or table.column_totals[0] is None


def test_two_divisions_of_the_same_total_agree_on_what_is_hidden():
    first, second = masked_alike([[2, 0, 0], [9, 9, 9]], [[1, 1], [20, 7]])
    assert first.row_totals[0] is None
    assert second.row_totals[0] is None
    assert (first.total is None) == (second.total is None)


@pytest.mark.parametrize("seed", range(150))
def test_no_subtraction_reveals_a_hidden_figure(seed):
    luck = random.Random(seed)
    rows, columns = luck.choice([(1, 3), (1, 4), (2, 2), (2, 3), (3, 3)])
    counts = [[luck.choice([0, 0, 1, 2, 3, 4, 5, 6, 8, 11, 15]) for _ in range(columns)] for _ in range(rows)]
    table = masked(counts)
    figures = sum(map(sum, counts)) + 12
    for row, column in product(range(rows), range(columns)):
        if 0 < counts[row][column] < 5:
            assert table.cells[row][column] is None
        if table.cells[row][column] is None:
            assert could_differ(table, counts, row, column, figures), (counts, table)


def could_differ(table, counts, row, column, most):
    """Whether another table of persons shows the same: moves of one person along hidden figures."""
    return any(reaches(table, counts, row, column, step, most) for step in (1, -1))


def reaches(table, counts, row, column, step, most):
    """Change one hidden figure by `step` and repair every total that is shown, over hidden figures alone."""
    start = {(row, column): step}
    waiting, seen = [start], set()
    while waiting and len(seen) < 4000:
        change = waiting.pop(0)
        key = tuple(sorted(change.items()))
        if key in seen:
            continue
        seen.add(key)
        broken = first_broken(table, change)
        if broken is None:
            return True
        kind, place, excess = broken
        for other in cells_of(table, kind, place):
            value = change.get(other, 0) - excess
            count, is_hidden = counts[other[0]][other[1]], table.cells[other[0]][other[1]] is None
            if is_hidden and other not in change and count + value >= 0 and abs(value) <= most:
                waiting.append(change | {other: value})
    return False


def first_broken(table, change):
    """A total that is shown and no longer right."""
    for row, total in enumerate(table.row_totals):
        excess = sum(value for (r, _), value in change.items() if r == row)
        if total is not None and excess:
            return "row", row, excess
    if len(table.row_totals) == 1:
        return None
    for column, total in enumerate(table.column_totals):
        excess = sum(value for (_, c), value in change.items() if c == column)
        if total is not None and excess:
            return "column", column, excess
    excess = sum(change.values())
    return ("all", 0, excess) if table.total is not None and excess else None


def cells_of(table, kind, place):
    """The figures under a total."""
    rows, columns = range(len(table.cells)), range(len(table.cells[0]))
    return [
        (r, c)
        for r, c in product(rows, columns)
        if kind == "all" or (kind == "row" and r == place) or (kind == "column" and c == place)
    ]
