"""Forty sessions at once on one machine: what the acts of thirty-nine others cost the participants of one.

The same commit → last socket of thirty, in turns: while the others are connected and silent (the floor), and
while they act, four acts a second in all, as forty facilitators do who each act every ten seconds.
"""

import threading
from itertools import cycle
from statistics import median

from tests.bench.harness import Reading, Run, bench
from tests.bench.live_day import Acting, House, LiveDay, Server
from tests.bench.spoken import CrowdProcess

DAYS, FEW_DAYS = 40, 8
PEOPLE = 30
EVERY_SECONDS = 0.25
TURNS = 4


class Others:
    """The facilitators of the other days, acting one after the other, or silent."""

    def __init__(self, server: Server, days: list[LiveDay]) -> None:
        self._leaders = [Acting(server, day, day.facilitators[0]) for day in days]
        self.are_acting = threading.Event()
        self._is_over = threading.Event()
        self._thread = threading.Thread(target=self._act, daemon=True)
        self._thread.start()

    def end(self) -> None:
        """No more acts."""
        self._is_over.set()
        self._thread.join(20)

    def _act(self) -> None:
        for path in cycle(("pause", "reprendre")):
            for leader in self._leaders:
                while not self.are_acting.wait(EVERY_SECONDS) and not self._is_over.is_set():
                    continue
                if self._is_over.wait(EVERY_SECONDS):
                    return
                leader.post(path)


@bench("isolation.40", goal=1.2, unit="ms", group="live")
def isolation(run: Run) -> Reading:
    """While the others act; the floor while they are silent."""
    return run.alone(_measure)


def _measure(run: Run) -> Reading:
    house = House(run)
    days = [house.day(PEOPLE, code=f"T{number:02}") for number in range(FEW_DAYS if run.quick else DAYS)]
    server = house.serve()
    crowd, elsewhere = CrowdProcess(run), CrowdProcess(run)
    own, others = days[0], days[1:]
    crowd.ask("follow", group="own", port=server.port, cookies=own.members, day=own.id)
    for day in others:
        elsewhere.ask("follow", group="others", port=server.port, cookies=day.members, day=day.id)
    elsewhere.say('{"do": "absorb", "group": "others"}')
    leader, acting = Acting(server, own, own.facilitators[0]), Others(server, others)
    taken: dict[bool, list[float]] = {False: [], True: []}
    for turn in range(2 * TURNS):
        is_busy = bool(turn % 2)
        acting.are_acting.set() if is_busy else acting.are_acting.clear()
        taken[is_busy] += [
            _act(leader, crowd, number) for number in range(2 * (run.rounds // TURNS // 2 + 1))
        ]
    acting.end()
    return Reading(median(taken[True]), median(taken[False]))


def _act(leader: Acting, crowd: CrowdProcess, number: int) -> float:
    """Milliseconds from the commit to the last of one's own."""
    crowd.ask("drain", group="own")
    with crowd.watching("own") as seen:
        answer = leader.post("reprendre" if number % 2 else "pause")
    return float(seen["last"] - float(answer.headers["Committed-At"])) * 1000
