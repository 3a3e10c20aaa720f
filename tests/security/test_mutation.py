"""Each part of each guard is needed: without it, the table of rights is wrong.

`python -m tests.security.mutation` searches through both tables and keeps what it found; here each mutant
meets the one question that told it from its guard.
"""

import pytest

from tests.security.mutation.guards import all_guards
from tests.security.mutation.mutants import all_mutants, applied
from tests.security.mutation.record import read_record
from tests.security.rights_table import all_cases, world_of_rights

SEARCH = "python -m tests.security.mutation"


def test_the_record_is_about_the_guards_as_they_stand():
    assert set(read_record()) == {str(mutant) for mutant in all_mutants()}, SEARCH
    assert {str(guard) for guard in all_guards()} >= {f"{path}:{name}" for path, name in KNOWN}


#: A few by name, so that a search that finds no guard at all does not pass.
KNOWN = (
    ("dossiers/policies", "is_referent"),
    ("sessions/decisions/policies", "can_tell"),
    ("sessions/minutes/policies", "_is_pilot"),
    ("accounts/models", "User.territory_ids"),
    ("core/policies", "require"),
)


def test_each_mutant_is_noticed(kept):
    world, cases, record = (
        world_of_rights(kept.plan),
        {str(case): case for case in all_cases()},
        read_record(),
    )
    unnoticed = []
    for mutant in all_mutants():
        case = cases[record[str(mutant)]]
        assert not case.problem(world), case
        with applied(mutant):
            if not case.problem(world):
                unnoticed.append(f"{mutant}: {case}")
    assert not unnoticed, "\n".join(unnoticed)


def test_a_mutant_leaves_its_guard_as_it_was(app):
    mutant = all_mutants()[0]
    before = mutant.guard.function.__code__
    with pytest.raises(ZeroDivisionError), applied(mutant):
        _fail_unless(mutant.guard.function.__code__ is mutant.code)
    assert mutant.guard.function.__code__ is before


def _fail_unless(is_applied):
    assert is_applied
    raise ZeroDivisionError
