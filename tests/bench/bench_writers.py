"""Sixty people write in the same second, on SQLite: how long the unluckiest waits.

The floor is what the sixty writes take one after the other; nobody can be served fairer than that.
"""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

from flask import Flask
from sqlalchemy import text

from commission_app.core.db import commit, db
from tests.bench.harness import Reading, Run, bench, milliseconds
from tests.bench.world import empty_app

PEOPLE = 60
WRITES = 5


@bench("writers.sqlite", goal=6, unit="ms", is_long=True)
def writers(run: Run) -> Reading:
    """Each writes five times; every write is a transaction of its own."""
    app = empty_app(run.folder())
    with app.app_context():
        db.session.execute(text("CREATE TABLE storm (number INTEGER)"))
        commit()
    floor = milliseconds(lambda: [write(app) for _ in range(PEOPLE)])
    start = threading.Barrier(PEOPLE)

    def person(_number: int) -> float:
        start.wait()
        return max(milliseconds(lambda: write(app)) for _ in range(WRITES))

    with ThreadPoolExecutor(PEOPLE) as pool:
        return Reading(max(pool.map(person, range(PEOPLE))), floor)


def write(app: Flask) -> None:
    """Read, think for a moment, write and commit, as an act does."""
    with app.app_context():
        db.session.execute(text("SELECT 1"))
        time.sleep(0.003)  # what an act computes between its first statement and its commit
        db.session.execute(text("INSERT INTO storm VALUES (1)"))
        commit()
