"""The pages that people open most, as the coordination: against a bare Flask page, and against themselves
with a hundred times the rows.

Every figure is the time from the request sent to the whole answer read, by the same client on a connection
kept open, floor and page in turn.
"""

from tests.bench.harness import Reading, Run, bench, interleaved
from tests.bench.served import Asked, World, start_bare, start_world

FEW = 1_000
MOST_STATEMENTS = 12
OPENED_DAILY = ("home", "dossiers", "agenda", "actions")
PAGES = {
    "home": "/",
    "dossiers": "/dossiers",
    "agenda": "/sessions/{day}/ordre-du-jour",
    "composer": "/sessions/{day}/ordre-du-jour/composer",
    "actions": "/actions",
    "list": "/actions?vue=liste",
    "indicators": "/indicateurs",
}


def world(run: Run, dossiers: int) -> World:
    """The server with so many dossiers; started once a run."""
    return run.once(f"world-{dossiers}", lambda: start_world(run.closing, run.folder(), dossiers))


def bare(run: Run, cookie: str) -> Asked:
    """The browser on the bare Flask page, with the cookie of a person."""
    _process, port = run.once("bare", lambda: start_bare(run.closing, run.folder()))
    return Asked(port, cookie)


def against_bare(run: Run, name: str) -> Reading:
    """A page with 1,000 dossiers behind it; the floor is a page of a bare Flask under the same server."""
    few = world(run, FEW)
    asked = few.coordinator
    page, floor = asked.page(few.url(PAGES[name])), bare(run, asked.cookie).page("/")
    return interleaved(page, floor, run.rounds)


def against_few(run: Run, name: str) -> Reading:
    """A page with 100,000 dossiers behind it, each with an action; the floor is the same page with 1,000.

    Neither takes more statements than a page may.
    """
    worlds = [world(run, count) for count in (run.many, FEW)]
    asked = [one.coordinator for one in worlds]
    many, few = (who.page(one.url(PAGES[name])) for who, one in zip(asked, worlds, strict=True))
    reading = interleaved(many, few, run.rounds)
    assert max(who.statements for who in asked) <= MOST_STATEMENTS, (name, [who.statements for who in asked])
    return reading


def register_page(name: str) -> None:
    """Its time against the floor."""
    register = bench(f"page.{name}", goal=8, unit="ms", is_long=name not in OPENED_DAILY)
    register(lambda run: against_bare(run, name))


def register_growth(name: str) -> None:
    """Its time against its own with a hundredth of the rows."""
    register = bench(f"growth.{name}", goal=1.2, unit="ms", is_long=name not in OPENED_DAILY)
    register(lambda run: against_few(run, name))


for _register in (register_page, register_growth):
    for _name in PAGES:
        _register(_name)
