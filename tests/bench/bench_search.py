"""Full-text search among 100,000 models of situations, against itself with 1,000, on both databases."""

import uuid
from collections.abc import Callable

import psycopg
from flask import Flask
from sqlalchemy import insert

from commission_app import create_app
from commission_app.core.config import Config
from commission_app.core.db import db, upgrade
from commission_app.core.finding.keeping import Findable, entry_of
from commission_app.core.finding.models import SearchEntry
from commission_app.core.finding.queries import matching, sharing
from commission_app.core.search import stems
from tests.bench.harness import Reading, Run, bench, interleaved
from tests.servers import postgres_in

FEW, AT_ONCE = 1_000, 5_000
COMMON = (
    "hébergements", "gardes", "permis", "mobilité", "formations", "budgets", "démarches", "santé", "langue",
    "numérique",
)  # fmt: skip
LETTERS = "abcdefghij"
FREINS = ("logement", "garde_enfants", "mobilite", "langue")
ASKED = "hébergement troglodyte"


@bench("search.sqlite", goal=50, unit="ms")
def search_sqlite(run: Run) -> Reading:
    """FTS5, among many."""
    return Reading(sqlite_search(run).value)


@bench("growth.search.sqlite", goal=1.5, unit="ms")
def growth_sqlite(run: Run) -> Reading:
    """FTS5, many against few."""
    return sqlite_search(run)


@bench("search.postgresql", goal=50, unit="ms")
def search_postgresql(run: Run) -> Reading:
    """tsvector, among many."""
    return Reading(postgresql_search(run).value)


@bench("growth.search.postgresql", goal=1.5, unit="ms")
def growth_postgresql(run: Run) -> Reading:
    """tsvector, many against few."""
    return postgresql_search(run)


def sqlite_search(run: Run) -> Reading:
    """Taken once a run."""
    return once(run, "search.sqlite", lambda: [f"sqlite:///{run.folder()}/bench.db" for _ in range(2)])


def postgresql_search(run: Run) -> Reading:
    """Taken once a run, on a server of its own."""
    return once(run, "search.postgresql", lambda: postgresql_databases(run))


def once(run: Run, name: str, urls: Callable[[], list[str]]) -> Reading:
    """A figure that two goals judge is measured once."""
    if name not in run.shared:
        run.shared[name] = searched(run, urls())
    taken = run.shared[name]
    assert isinstance(taken, Reading)
    return taken


def postgresql_databases(run: Run) -> list[str]:
    """Two databases of one server."""
    folder = run.folder()
    url = run.closing.enter_context(postgres_in(folder))
    with psycopg.connect(url, autocommit=True) as connection:
        for name in ("many", "few"):
            connection.execute(f"CREATE DATABASE {name}")  # type: ignore[arg-type]
    return [url.replace("/postgres?", f"/{name}?") for name in ("many", "few")]


def searched(run: Run, urls: list[str]) -> Reading:
    """The search page's question and that of the similar situations, among many and among few."""
    many, few = (asking(filled(run, url, count)) for url, count in zip(urls, (run.many, FEW), strict=True))
    return interleaved(many, few, run.rounds)


def asking(app: Flask) -> Callable[[], None]:
    """Ask both questions and see that they are answered."""
    words = stems("hébergements numérique troglodyte")

    def ask() -> None:
        with app.app_context():
            assert db.session.scalars(matching("model", ASKED)).all()
            assert db.session.scalars(sharing("model", words, FREINS[:2], limit=200)).all()

    return ask


def filled(run: Run, url: str, count: int) -> Flask:
    """An application whose search holds so many models; ten of them hold the rare word."""
    config = Config(
        database_url=url, secret_key="bench-only-" + "k" * 40, data_dir=run.folder(), mail_backend="memory",
        testing=True,
    )  # fmt: skip
    app = create_app(config)
    upgrade(app)
    with app.app_context():
        for start in range(0, count, AT_ONCE):
            rows = [row(number, count) for number in range(start, min(start + AT_ONCE, count))]
            db.session.execute(insert(SearchEntry), rows)
        db.session.commit()
        if db.engine.dialect.name == "postgresql":
            db.session.execute(db.text("ANALYZE search_entry"))
            db.session.commit()
        db.session.remove()
        db.engine.dispose()  # SQLite puts its journal back into the file: nobody searches while it is filled
    return app


def row(number: int, count: int) -> dict[str, object]:
    """One model among many: words that all share, words of its own."""
    rare = (
        "troglodyte" if number % (count // 10) == 0 else f"mot{''.join(LETTERS[int(n)] for n in str(number))}"
    )
    text = " ".join((*(COMMON[(number + step) % 10] for step in range(4)), rare, f"motif{number % 997}"))
    return entry_of("model", uuid.uuid4(), Findable((text,), (FREINS[number % 4],)))
