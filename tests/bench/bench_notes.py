"""A letter typed in the shared notes → in the other facilitator's text, the server 20 ms away from both.

The pause of the editor (30 ms, in which letters are gathered), the way there, the server's transaction and
the way to the other are in it; what the other's browser takes to draw is not.
"""

from statistics import median

from tests.bench.harness import Reading, Run, bench
from tests.bench.live_day import House
from tests.bench.spoken import Spoken

AWAY_SECONDS = 0.02


@bench("notes", goal=100, unit="ms", group="live")
def notes(run: Run) -> Reading:
    """The median letter."""
    return run.alone(_measure)


def _measure(run: Run) -> Reading:
    house = House(run)
    day = house.day(1)
    server = house.serve()
    screens = Spoken(run, "screens")
    port = screens.ask("put_far", port=server.port, seconds=AWAY_SECONDS)["port"]
    place = {"group": "desk", "ports": [port], "day": day.id, "audience": "facilitation"}
    screens.ask("open", cookies=day.facilitators, **place)
    taken = screens.ask("letters", group="desk", item=day.item_id, count=run.rounds)["milliseconds"]
    return Reading(median(taken))
