"""Coming back costs the same in the evening as in the morning: state is sent, nothing is replayed.

Two days on one server, one at its beginning and one after two hundred acts. A page of each is cut in turn and
comes back as if it had missed everything; the figure is the median from the cut to the page that is right
again, the floor that of the day at its beginning.
"""

from statistics import median

from tests.bench.harness import Reading, Run, bench
from tests.bench.live_acts import acts
from tests.bench.live_day import Acting, House
from tests.bench.spoken import Spoken

ACTS, QUICK_ACTS = 200, 40
AT_ONCE = 5


@bench("resync", goal=1.2, unit="ms", group="live")
def resync(run: Run) -> Reading:
    """After two hundred acts; the floor after one."""
    return run.alone(_measure)


def _measure(run: Run) -> Reading:
    house = House(run)
    morning, evening = house.day(1, code="MAT"), house.day(1, code="SOI")
    server = house.serve()
    for day, count in ((morning, 1), (evening, QUICK_ACTS if run.quick else ACTS)):
        leader = Acting(server, day, day.facilitators[0])
        member = Acting(server, day, day.members[0], "en-direct")
        list(acts(house, leader, member, count))
    screens = Spoken(run, "screens")
    for name, day in (("morning", morning), ("evening", evening)):
        place = {"ports": [server.port], "day": day.id, "hurried": True}
        screens.ask("open", group=name, cookies=day.members, audience="members", **place)
    taken: dict[str, list[float]] = {"morning": [], "evening": []}
    for _ in range(run.rounds // AT_ONCE + 1):
        for name in taken:
            taken[name] += screens.ask("returns", group=name, count=AT_ONCE)["milliseconds"]
    return Reading(*(median(taken[name][AT_ONCE:]) for name in ("evening", "morning")))
