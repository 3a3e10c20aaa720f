"""Five hundred people whose lines are cut at one instant and who all come back at once, without the pause
that browsers make, while a facilitator goes on acting. Each asks for what it lacks as a browser does."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from time import monotonic, sleep

from tests.bench.harness import Reading, Run, bench
from tests.bench.live_day import Acting, House
from tests.bench.spoken import Spoken

MANY, FEW = 500, 100
EVERY_SECONDS = 0.25


@dataclass
class Storm:
    """Seconds until all were back and right; the facilitator's slowest act meanwhile, in milliseconds."""

    last: float
    slowest_act: float
    divergent: int


def storm(run: Run) -> Storm:
    """Measured once a run."""
    return run.once("storm", lambda: run.alone(_measure))


def _measure(run: Run) -> Storm:
    house = House(run)
    day = house.day(FEW if run.quick else MANY)
    server = house.serve()
    screens = Spoken(run, "screens")
    room = {"ports": [server.port], "day": day.id, "hurried": True}
    screens.ask("open", group="room", cookies=day.members, audience="members", **room)
    leader = Acting(server, day, day.facilitators[0])
    leader.propose(0)
    screens.ask("reached", group="room", version=house.version(day))
    with ThreadPoolExecutor(1) as pool:
        storming = pool.submit(screens.ask, "storm", group="room")
        acts = []
        while not storming.done():
            began = monotonic()
            leader.post("pause" if len(acts) % 2 == 0 else "reprendre")
            acts.append((monotonic() - began) * 1000)
            sleep(max(0.0, EVERY_SECONDS - (monotonic() - began)))
        back = storming.result()
    screens.ask("reached", group="room", version=house.version(day))
    shown = screens.ask("digests", group="room")
    return Storm(back["last"], max(acts), len(shown) - 1)


@bench("reconnect.500", goal=5, unit="s", group="live")
def reconnect(run: Run) -> Reading:
    """All back and right."""
    return Reading(storm(run).last)


@bench("reconnect.500.acts", goal=300, unit="ms", group="live")
def acts_meanwhile(run: Run) -> Reading:
    """The facilitator's slowest act during the storm, its answer included."""
    return Reading(storm(run).slowest_act)


@bench("reconnect.500.divergent", goal=0, unit="screens", group="live")
def divergent(run: Run) -> Reading:
    """Screens that show something else than the others in the end."""
    return Reading(storm(run).divergent)
