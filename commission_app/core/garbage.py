"""The garbage collector of a process that lives long."""

import gc

#: Objects made before a round, rounds before one of the second kind, and those before one through everything.
COLLECT_AFTER = (50_000, 20, 100)


def spare_what_stays() -> None:
    """Take what stands as long as the process out of the collector's rounds, and make them rare."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*COLLECT_AFTER)
