"""The whole search: every mutant against what asks its guard (`python -m tests.security.mutation`)."""

import os
import re
import time

from tests.security.mutation.mutants import all_mutants
from tests.security.mutation.record import read_record, write_record
from tests.security.mutation.trials import cases_that_ask, noticing_case, noticing_trial, rows_that_ask
from tests.security.rights_table import world_of_rights


def test_every_part_of_every_guard_is_needed(kept, fresh, capsys):
    wanted = re.compile(os.environ.get("MUTANTS", ""))
    mutants = [mutant for mutant in all_mutants() if wanted.match(str(mutant))]
    with capsys.disabled():
        found, left = in_the_rights(kept, mutants)
        if left:
            more, left = in_the_rows(fresh, left)
            found |= more
        write_record(found, all_of_them=not wanted.pattern)
        print(f"{len(found)} of {len(mutants)} are noticed")
    assert not left, "\n".join(map(str, left))


def in_the_rights(kept, mutants):
    """What the table of rights notices, and what it does not."""
    began, world, before = time.monotonic(), world_of_rights(kept.plan), read_record()
    asked, found, left = cases_that_ask(world), {}, []
    for mutant in mutants:
        cases = asked[mutant.guard]
        likely = [case for case in cases if str(case) == before.get(str(mutant))]
        case = noticing_case(world, mutant, [*likely, *cases])
        if case:
            found[str(mutant)] = str(case)
        else:
            left.append(mutant)
    print(
        f"\n{len(found)} noticed by the rights, {len(left)} not; {time.monotonic() - began:.0f} s", flush=True
    )
    return found, left


def in_the_rows(fresh, mutants):
    """The same of the table of addresses."""
    asked, found, left = rows_that_ask(fresh), {}, []
    for mutant in mutants:
        trial = noticing_trial(fresh, mutant, asked[mutant.guard])
        if trial:
            found[str(mutant)] = str(trial)
        else:
            left.append(mutant)
            print(f"survives {len(asked[mutant.guard])} rows: {mutant}", flush=True)
    return found, left
