"""A whole day of sixty participants in three minutes: two hundred acts, three people who write the notes of a
point, and lines cut at random at each act (2 % of them), which come back as browsers do.

In the end every screen must show what a fresh page shows, every acknowledged act must be in the database, and
the notes must hold every word, alike in the three editors and in the database.
"""

import random
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from time import monotonic, sleep
from uuid import UUID

from commission_app.core.db import db
from commission_app.sessions.agenda.models import AgendaItem
from tests.bench.harness import Reading, Run, bench
from tests.bench.live_acts import acts, lost
from tests.bench.live_day import Acting, House, LiveDay
from tests.bench.spoken import Spoken

PEOPLE, ACTS, SECONDS = 60, 200, 180.0
QUICK_PEOPLE, QUICK_ACTS, QUICK_SECONDS = 20, 40, 20.0
CUT = 0.02
TYPING_EVERY = 1.0
WARMED = 0.3


@dataclass
class Day:
    """How the day ended."""

    divergent: int
    lost_acts: int
    lost_words: int
    growth: float


def day_of(run: Run) -> Day:
    """Replayed once a run."""
    return run.once("day", lambda: run.alone(_replay))


def _replay(run: Run) -> Day:
    people, count, seconds = (
        (QUICK_PEOPLE, QUICK_ACTS, QUICK_SECONDS) if run.quick else (PEOPLE, ACTS, SECONDS)
    )
    house = House(run)
    day = house.day(people)
    server = house.serve()
    screens = Spoken(run, "screens")
    place = {"ports": [server.port], "day": day.id}
    writers = [day.facilitators[0], *day.facilitators]  # one of them at two devices
    screens.ask("open", group="room", cookies=day.members, audience="members", **place)
    screens.ask("open", group="desk", cookies=writers, audience="facilitation", **place)
    screens.ask("write", group="desk", item=day.item_id, every=TYPING_EVERY)
    leader = Acting(server, day, day.facilitators[0])
    member = Acting(server, day, day.members[0], "en-direct")
    acknowledged: Counter[str] = Counter()
    began, sizes = monotonic(), []
    for number, event in enumerate(acts(house, leader, member, count)):
        acknowledged[event] += 1
        _cut(screens, people + len(writers))
        sizes.append(resident(server.worker))
        sleep(max(0.0, began + seconds * (number + 1) / count - monotonic()))
    written = screens.ask("written", group="desk")
    divergent = _divergent(house, screens, server.port, day)
    missing = lost(house, day, acknowledged)
    return Day(divergent, missing, _lost_words(house, day, written), growth(sizes))


def _cut(screens: Spoken, lines: int) -> None:
    """Cut each line with the same small chance."""
    cut = [place for place in range(lines) if random.random() < CUT]
    desk = [place for place in cut if place < 3]
    screens.ask("cut", group="desk", places=desk)
    screens.ask("cut", group="room", places=[place - 3 for place in cut if place >= 3])


def _divergent(house: House, screens: Spoken, port: int, day: LiveDay) -> int:
    """How many screens show something else than a page that is opened now."""
    version, different = house.version(day), 0
    for group, cookie, audience in (
        ("room", day.members[0], "members"),
        ("desk", day.facilitators[0], "facilitation"),
    ):
        screens.ask("reached", group=group, version=version)
        fresh = {"ports": [port], "day": day.id, "audience": audience}
        screens.ask("open", group=f"{group}-fresh", cookies=[cookie], **fresh)
        (right,) = screens.ask("digests", group=f"{group}-fresh")
        different += sum(n for shown, n in screens.ask("digests", group=group).items() if shown != right)
    return different


def _lost_words(house: House, day: LiveDay, written: dict[str, object]) -> int:
    """How many of the words typed are not in the database."""
    with house.app.app_context():
        item = db.session.get(AgendaItem, UUID(day.item_id))
        assert item
        kept = item.notes
        db.session.remove()
    assert kept == written["text"], (len(kept), len(str(written["text"])))
    return int(str(written["words"])) - len(kept.split())


def growth(sizes: list[int]) -> float:
    """How much larger the server is in the last tenth of the day than after its first third."""
    warmed = sizes[int(len(sizes) * WARMED)]
    last = sizes[-max(1, len(sizes) // 10) :]
    return sum(last) / len(last) / warmed


def resident(pid: int) -> int:
    """The bytes of memory that a process holds alone."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith("Private_"))


@bench("day.replay", goal=0, unit="divergent screens", group="live")
def divergent(run: Run) -> Reading:
    """Screens that do not show what a fresh page shows."""
    return Reading(day_of(run).divergent)


@bench("day.replay.acts", goal=0, unit="lost acts", group="live")
def lost_acts(run: Run) -> Reading:
    """Acknowledged acts that the database does not have."""
    return Reading(day_of(run).lost_acts)


@bench("day.replay.words", goal=0, unit="lost words", group="live")
def lost_words(run: Run) -> Reading:
    """Words typed in the notes that the database does not have."""
    return Reading(day_of(run).lost_words)


@bench("day.replay.memory", goal=1.1, unit="end/beginning", judged="value", group="live")
def memory(run: Run) -> Reading:
    """The server's own memory at the end of the day over that after a third of it."""
    return Reading(day_of(run).growth)
