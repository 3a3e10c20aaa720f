"""Two processes behind one PostgreSQL and one Redis: how much later the other process's people see an act,
and how soon they are back when their process is killed."""

from dataclasses import dataclass
from statistics import median

from tests.bench.harness import Reading, Run, bench
from tests.bench.live_day import Acting, House
from tests.bench.spoken import Spoken
from tests.servers import postgres_in, redis_in

PEOPLE = 40


@dataclass
class Two:
    """Milliseconds that the other process's people wait longer; seconds until those of a killed one are
    back."""

    hop: float
    back: float


def two(run: Run) -> Two:
    """Measured once a run."""
    return run.once("two", lambda: run.alone(_measure))


def _measure(run: Run) -> Two:
    database = run.closing.enter_context(postgres_in(run.folder()))
    redis = run.closing.enter_context(redis_in(run.folder()))
    house = House(run, database, redis)
    day = house.day(PEOPLE)
    here, there = house.serve(), house.serve()
    screens = Spoken(run, "screens")
    ports = {"here": [here.port, there.port], "there": [there.port, here.port]}
    for place, (name, order) in enumerate(ports.items()):
        room = {"group": name, "ports": order, "day": day.id, "audience": "members"}
        screens.ask("open", cookies=day.members[place::2], **room)
    leader = Acting(here, day, day.facilitators[0])
    hops = [_hop(house, leader, screens, number) for number in range(run.rounds)]
    there.kill()
    back = screens.ask("moved", group="there", port=here.port)["seconds"]
    return Two(median(hops), back)


def _hop(house: House, leader: Acting, screens: Spoken, number: int) -> float:
    """One act: the last of the others after the last of one's own, in milliseconds."""
    leader.post("reprendre" if number % 2 else "pause")
    version = house.version(leader.day)
    for name in ("here", "there"):
        screens.ask("reached", group=name, version=version)
    here, there = (
        max(screens.ask("arrived", group=name, version=version)["at"]) for name in ("here", "there")
    )
    return (there - here) * 1000


@bench("hop", goal=1.5, unit="ms", group="live")
def hop(run: Run) -> Reading:
    """An act in one process: its last follower in the other, after its last follower in the same."""
    return Reading(two(run).hop)


@bench("hop.killed", goal=3, unit="s", group="live")
def killed(run: Run) -> Reading:
    """A process killed: all of its people are back on the other and right, the pause of browsers included."""
    return Reading(two(run).back)
