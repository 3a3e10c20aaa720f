"""Each guard asked by itself, against the table of rights."""

from collections import Counter

from tests.security.rights_table import all_cases, all_rights, world_of_rights


def test_each_guard_lets_through_whom_the_table_names(kept):
    world = world_of_rights(kept.plan)
    wrong = [problem for case in all_cases() if (problem := case.problem(world))]
    assert not wrong, "\n".join(wrong)


def test_no_right_stands_twice():
    assert not [name for name, count in Counter(map(str, all_rights())).items() if count > 1]
