"""Live days under measure: a database, people who may follow, and server processes on it."""

import os
import signal
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

import requests
from flask import Flask

from commission_app import create_app
from commission_app.accounts.states import Role
from commission_app.core.config import Config
from commission_app.core.db import db, upgrade
from commission_app.serve.gthread import raise_open_files
from commission_app.sessions.day.snapshot import live_view
from commission_app.sessions.models import CommissionSession
from tests.bench.harness import Run
from tests.bench.serving import sign_in_all
from tests.clients import TOKEN
from tests.factories import make_invitation, make_user
from tests.processes import ROOT, answers
from tests.servers import free_port, until
from tests.sessions.day.scene import Scene, make_scene

SECRET = "bench-only-" + "k" * 40
TEXT = "Décision {} : un logement relais est réservé pour la personne et ses deux enfants."


@dataclass
class Server:
    """One server process."""

    process: "subprocess.Popen[bytes]"
    port: int

    @property
    def url(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def worker(self) -> int:
        """The process that serves: gunicorn's one worker."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        return int(children[0])

    def kill(self) -> None:
        """End it as a power cut does, the master first."""
        if self.process.poll() is None:
            worker = self.worker
            self.process.kill()
            os.kill(worker, signal.SIGKILL)
            self.process.wait(20)


@dataclass
class LiveDay:
    """One day under way and the cookies of those who follow it; `facilitators` run it."""

    id: str
    item_id: str
    facilitators: list[str]
    members: list[str]


@dataclass
class House:
    """A database with live days in it, and the servers on it."""

    run: Run
    database: str = ""
    redis: str = ""
    folder: Path = field(init=False)
    app: Flask = field(init=False)
    config: Config = field(init=False)

    def __post_init__(self) -> None:
        raise_open_files()
        self.folder = self.run.folder()
        self.database = self.database or f"sqlite:///{self.folder / 'bench.db'}"
        self.config = Config(
            database_url=self.database, secret_key=SECRET, data_dir=self.folder, mail_backend="memory"
        )
        self.app = create_app(self.config)
        upgrade(self.app)

    def day(self, members: int, *, code: str = "ARL", facilitators: int = 2) -> LiveDay:
        """A day in its first point."""
        with self.app.app_context():
            scene = make_scene(code=code)
            leaders = [scene.salome, scene.yves][:facilitators]
            found = LiveDay(
                str(scene.day.id),
                str(scene.first.id),
                sign_in_all(self.app, leaders),
                self._members(scene, members),
            )
            db.session.remove()
        return found

    def _members(self, scene: Scene, count: int) -> list[str]:
        people = [
            make_user(f"Membre{place}", Role.PARTICIPANT, scene.territory, scene.ccas)
            for place in range(count)
        ]
        for person in people:
            make_invitation(scene.day, person)
        return sign_in_all(self.app, people)

    def serve(self) -> Server:
        """One more server process."""
        port = free_port()
        settings = {
            "DATABASE_URL": self.database,
            "REDIS_URL": self.redis,
            "SECRET_KEY": SECRET,
            "MASTER_KEYS": self.config.master_keys,
            "DATA_DIR": str(self.folder),
            "BASE_URL": f"http://127.0.0.1:{port}",
            "MAIL_BACKEND": "memory",
            "LOG_LEVEL": "WARNING",
        }
        log = self.run.closing.enter_context((self.folder / f"server-{port}.log").open("ab"))
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.bench.live_serving", str(port)],
            cwd=ROOT,
            env={**os.environ, **settings},
            stdout=log,
            stderr=log,
        )
        server = Server(process, port)
        self.run.closing.callback(server.kill)
        until(lambda: answers(server.url) or process.poll() is not None, server.url)
        assert process.poll() is None, (self.folder / f"server-{port}.log").read_text()[-3000:]
        return server

    def version(self, day: LiveDay) -> int:
        """The version that the day has come to."""
        with self.app.app_context():
            found = db.session.get(CommissionSession, UUID(day.id))
            assert found
            version = found.live_version
            db.session.remove()
        return version

    def draft(self, day: LiveDay) -> dict[str, object]:
        """The draft under way as its form sends it."""
        with self.app.app_context():
            view = live_view(UUID(day.id))
            assert view
            assert view.draft
            sent: dict[str, object] = {"draft_id": view.draft.id, "version": view.draft.version}
            db.session.remove()
        return sent


class Acting:
    """Somebody's browser that acts on the day, as htmx does."""

    def __init__(self, server: Server, day: LiveDay, cookie: str, page: str = "pupitre") -> None:
        self.day = day
        self.base = f"{server.url}/sessions/{day.id}"
        self._browser = requests.Session()
        self._browser.cookies.set("session", cookie, domain="127.0.0.1", path="/")
        shown = self._browser.get(f"{self.base}/{page}")
        assert shown.status_code == 200, shown.status_code
        found = TOKEN.search(shown.text)
        assert found
        token = next(group for group in found.groups() if group)
        self._browser.headers.update({"HX-Request": "true", "X-CSRFToken": token})

    def post(self, path: str, data: dict[str, object] | None = None) -> requests.Response:
        """Send a form; it must be taken."""
        answer = self._browser.post(f"{self.base}/{path}", data=data or {})
        assert answer.status_code == 200, answer.text[:300]
        return answer

    def propose(self, number: int) -> None:
        """Write a decision and show it to the room."""
        typed = {"kind": "solution", "text": TEXT.format(number), "version": 0, "step": "read"}
        self.post(f"points/{self.day.item_id}/projet", typed)

    def decide(self, draft: dict[str, object]) -> float:
        """Record it; the instant (monotonic) at which the database said yes."""
        return float(self.post(f"points/{self.day.item_id}/decisions", draft).headers["Committed-At"])
