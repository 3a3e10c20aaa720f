"""What the server keeps in memory with a whole room connected."""

from itertools import cycle, islice
from pathlib import Path

from tests.bench.bench_pages import FEW, PAGES, start_bare, start_world
from tests.bench.harness import Reading, Run, bench
from tests.bench.sockets import follow

CONNECTED = 60
LIVE = "/sessions/{day}/en-direct"


@bench("memory.60", goal=300, unit="MB", judged="value")
def memory(run: Run) -> Reading:
    """Resident memory of the server, its master process included, with 1,000 dossiers: each of 60 people has
    opened the live page and holds a socket, the coordination has opened its pages. The floor is a bare Flask
    under the same server after one page."""
    world = start_world(run.closing, run.folder(), FEW)
    bare, _port = start_bare(run.closing, run.folder())
    for member in islice(cycle(world.members), CONNECTED):
        member.page(world.url(LIVE))()
        run.closing.callback(follow(world.port, member.cookie, world.told["day"]).close)
    for page in PAGES.values():
        world.coordinator.page(world.url(page))()
    return Reading(resident(world.process.pid) / 1e6, resident(bare.pid) / 1e6)


def resident(pid: int) -> int:
    """The resident bytes of a process and of those it started; a page they share counts once in all (Pss),
    where adding up what each reports as its own would count it for each."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    kilobytes = next(line.split()[1] for line in lines if line.startswith("Pss:"))
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return int(kilobytes) * 1024 + sum(resident(int(child)) for child in children)
