"""A decision committed → on the last of many participants' sockets.

Server, floor, rival and readers are processes of their own. The same reader (`crowd`) reads product, floor
and rival with the same lines, in turn, so that what reading costs weighs on all alike. The clock starts when
the database said yes: queries, rendering and writing are in the figure. The floor (`raw_writer`) is a loop
that sends a ready buffer of as many bytes to as many plain sockets; the rival (`bare_socketio`) is
python-socketio's AsyncServer under uvicorn that emits as many ready bytes and does nothing else.
"""

from dataclasses import dataclass
from statistics import median, quantiles

from tests.bench.harness import Reading, Run, bench
from tests.bench.live_day import Acting, House
from tests.bench.spoken import CrowdProcess, Spoken
from tests.processes import answers
from tests.servers import free_port, until

MOST_ROUNDS = 40


@dataclass
class FanOut:
    """Milliseconds from the beginning to the last socket, round by round."""

    product: list[float]
    raw: list[float]
    bare: list[float]

    def against(self, floor: list[float]) -> Reading:
        """Medians."""
        return Reading(median(self.product), median(floor))

    @property
    def spread(self) -> float:
        """The 95th percentile over the median."""
        return quantiles(self.product, n=20)[-1] / median(self.product)


def fan_out(run: Run, count: int) -> FanOut:
    """Measured once a run."""
    return run.once(f"fanout-{count}", lambda: run.alone(lambda part: _measure(part, count)))


def _measure(run: Run, count: int) -> FanOut:
    house = House(run)
    day = house.day(members=1)
    server = house.serve()
    crowd = CrowdProcess(run)
    crowd.ask("follow", group="product", port=server.port, cookies=day.members * count, day=day.id)
    raw, bare = _raw(run, crowd, count), _bare(run, crowd, count)
    leader = Acting(server, day, day.facilitators[0])
    rounds = [
        _round(house, leader, crowd, (raw, bare), number)
        for number in range(min(run.rounds, MOST_ROUNDS) + 1)
    ]
    return FanOut(*(list(taken) for taken in zip(*rounds[1:], strict=True)))


def _round(
    house: House, leader: Acting, crowd: CrowdProcess, others: "tuple[Sender, ...]", number: int
) -> list[float]:
    """One decision, then as many bytes by the others."""
    leader.propose(number)
    draft = house.draft(leader.day)
    crowd.ask("drain", group="product")
    with crowd.watching("product") as seen:
        began = leader.decide(draft)
    assert f"Décision {number} :" in seen["sample"] or seen["size"] > 60_000, seen["sample"][:200]
    return [(seen["last"] - began) * 1000, *(other.send(seen["size"]) for other in others)]


class Sender:
    """A process that sends so many bytes to its group on demand."""

    def __init__(self, crowd: CrowdProcess, group: str, process: Spoken) -> None:
        self._crowd, self._group, self._process = crowd, group, process

    def send(self, size: int) -> float:
        """Milliseconds from its beginning to the last socket that has everything."""
        self._crowd.ask("drain", group=self._group)
        with self._crowd.watching(self._group) as seen:
            self._process.say(size)
            began = float(self._process.hear())
        return float(seen["last"] - began) * 1000


def _raw(run: Run, crowd: CrowdProcess, count: int) -> Sender:
    process = Spoken(run, "raw_writer", str(count))
    crowd.ask("plain", group="raw", port=int(process.hear()), count=count)
    assert process.hear() == "ready"
    return Sender(crowd, "raw", process)


def _bare(run: Run, crowd: CrowdProcess, count: int) -> Sender:
    port = free_port()
    process = Spoken(run, "bare_socketio", str(port))
    until(lambda: answers(f"http://127.0.0.1:{port}", "/socket.io/?EIO=4&transport=polling"), "uvicorn")
    crowd.ask("follow_bare", group="bare", port=port, count=count)
    return Sender(crowd, "bare", process)


def register(count: int, goal: float, group: str) -> None:
    """The last of so many sockets: against the floor, against the rival, and how steadily."""

    @bench(f"fanout.{count}", goal=goal, unit="ms", group=group)
    def against_raw(run: Run) -> Reading:
        return fan_out(run, count).against(fan_out(run, count).raw)

    @bench(f"fanout.{count}.bare", goal=1, unit="ms", group=group)
    def against_bare(run: Run) -> Reading:
        return fan_out(run, count).against(fan_out(run, count).bare)

    @bench(f"fanout.{count}.spread", goal=2, unit="p95/median", judged="value", group=group)
    def spread(run: Run) -> Reading:
        return Reading(fan_out(run, count).spread)


register(200, goal=2.5, group="")
register(500, goal=2.5, group="live")
register(1000, goal=3, group="live")
