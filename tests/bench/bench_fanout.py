"""A decision committed → on the last of many participants' sockets, against a raw writer of the same
bytes."""

import os
import socket
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from statistics import median
from uuid import UUID

import requests

from commission_app import create_app
from commission_app.core.config import Config
from commission_app.core.db import upgrade
from commission_app.sessions.day.snapshot import live_view
from tests.bench.harness import Reading, Run, bench
from tests.bench.sockets import Crowd, follow
from tests.clients import TOKEN
from tests.databases import settle
from tests.processes import ROOT, answers
from tests.realtime.people import cookies_of
from tests.servers import free_port, until
from tests.sessions.day.scene import make_scene

PARTICIPANTS = 200
SECRET = "bench-only-" + "k" * 40


@dataclass
class Day:
    """A live day on a server of its own, and its facilitator's browser."""

    app: object
    port: int
    session_id: str
    item_id: str
    cookie: str
    browser: requests.Session

    def post(self, path: str, data: dict[str, object]) -> requests.Response:
        """Send a form as htmx does."""
        answer = self.browser.post(
            f"http://127.0.0.1:{self.port}/sessions/{self.session_id}/{path}", data=data
        )
        assert answer.status_code == 200, answer.text[:300]
        return answer


def live_day(run: Run) -> Day:
    """The server process, with a day under way."""
    folder = run.folder()
    port = free_port()
    url, database = f"http://127.0.0.1:{port}", f"sqlite:///{folder / 'bench.db'}"
    config = Config(database_url=database, secret_key=SECRET, data_dir=folder, mail_backend="memory")
    app = create_app(config)
    upgrade(app)
    settings = {"DATABASE_URL": database, "SECRET_KEY": SECRET, "DATA_DIR": str(folder), "BASE_URL": url}
    settings |= {"MAIL_BACKEND": "memory", "LOG_LEVEL": "WARNING", "MASTER_KEYS": config.master_keys}
    command = [sys.executable, "-m", "tests.realtime.serving", str(port)]
    server = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **settings}, stdout=subprocess.DEVNULL)
    run.closing.callback(server.terminate)
    until(lambda: answers(url), url)
    with app.app_context():
        scene = make_scene()
        settle()
        browser = requests.Session()
        browser.cookies.set("session", cookies_of(app, scene.salome)["session"], domain="127.0.0.1", path="/")
        session_id, item_id = str(scene.day.id), str(scene.first.id)
        cookie = cookies_of(app, scene.leonie)["session"]
    shown = browser.get(f"{url}/sessions/{session_id}/pupitre").text
    token = next(group for group in TOKEN.search(shown).groups() if group)  # type: ignore[union-attr]
    browser.headers.update({"HX-Request": "true", "X-CSRFToken": token})
    return Day(app, port, session_id, item_id, cookie, browser)


def crowd_of(run: Run, day: Day) -> Crowd:
    """The participants, each with an open socket."""
    crowd = Crowd()
    run.closing.callback(crowd.close)
    for _ in range(PARTICIPANTS):
        crowd.add(follow(day.port, day.cookie, day.session_id))
    return crowd


@bench("fanout.200", goal=15, unit="ms")
def fanout(run: Run) -> Reading:
    """Rendering and all queries included; the floor sends as many bytes to as many sockets."""
    day = live_day(run)
    crowd = crowd_of(run, day)
    floor = RawWriter(run)
    pairs = [one_round(day, crowd, floor, number) for number in range(run.rounds + 1)][1:]
    return Reading(median(act for act, _ in pairs), median(raw for _, raw in pairs))


def one_round(day: Day, crowd: Crowd, floor: "RawWriter", number: int) -> tuple[float, float]:
    """One decision and one raw sending; both in milliseconds from their beginning to the last socket."""
    point = f"points/{day.item_id}"
    text = f"Décision {number} : un logement relais est réservé pour la personne et ses deux enfants."
    typed = {"kind": "solution", "text": text, "version": 0, "step": "read"}
    day.post(f"{point}/projet", typed)
    crowd.drain()
    with day.app.app_context():  # type: ignore[attr-defined]
        draft = live_view(UUID(day.session_id)).draft  # type: ignore[union-attr]
    sent = {"draft_id": draft.id, "version": draft.version}  # type: ignore[union-attr]
    with ThreadPoolExecutor(1) as pool:
        posting = pool.submit(day.post, f"{point}/decisions", sent)
        last, size = crowd.last_has(
            lambda got: f"Décision {number} :".encode() in got and got.endswith(b"}]")
        )
        answer = posting.result()
    return (last - float(answer.headers["Committed-At"])) * 1000, floor.send(size)


class RawWriter:
    """The floor, in a process of its own as the server is."""

    def __init__(self, run: Run) -> None:
        command = [sys.executable, "-m", "tests.bench.raw_writer", str(PARTICIPANTS)]
        self._process = subprocess.Popen(
            command, cwd=ROOT, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        run.closing.callback(self._process.kill)
        port = int(self._line())
        self._crowd = Crowd()
        run.closing.callback(self._crowd.close)
        for _ in range(PARTICIPANTS):
            self._crowd.add(socket.create_connection(("127.0.0.1", port)))
        self._line()

    def send(self, size: int) -> float:
        """Milliseconds from the first byte written to the last socket that has everything."""
        assert self._process.stdin
        self._process.stdin.write(f"{size}\n")
        self._process.stdin.flush()
        last, _size = self._crowd.last_has(lambda got: len(got) >= size)
        return (last - float(self._line())) * 1000

    def _line(self) -> str:
        assert self._process.stdout
        return self._process.stdout.readline().strip()
