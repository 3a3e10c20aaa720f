"""One thread a process: what ended is hung up within a second, whoever ended it; missed versions are called
out."""

import threading
import time
import uuid
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

import structlog
from flask import Flask
from sqlalchemy import func, select

from commission_app.accounts.signin.services import note_following
from commission_app.accounts.web import config
from commission_app.core import clock
from commission_app.core.db import commit, db, read_only
from commission_app.core.events import Event
from commission_app.realtime.broadcasts import Broadcaster
from commission_app.realtime.doors import audiences_of, days_under_way, ended, is_awaited_guest
from commission_app.realtime.guard import Guard
from commission_app.realtime.lines import Connected, Lines, audience_room, day_room
from commission_app.realtime.passes import RIGHTS, Passes
from commission_app.realtime.server import server_of
from commission_app.sessions.day.fragments import Audience
from commission_app.sessions.models import CommissionSession

POLL_SECONDS = 0.4
UNDER_WAY_SECONDS = 0.3
LOOK_BACK = 300
FOLLOWED_EVERY = timedelta(minutes=1)

log = structlog.get_logger()


class Watch:
    """Looks at the database, which is the truth for every process, and at the clock."""

    def __init__(self, app: Flask, lines: Lines, broadcaster: Broadcaster, passes: Passes) -> None:
        self._app = app
        self._lines = lines
        self._broadcaster = broadcaster
        self._passes = passes
        self._start = threading.Lock()
        self._wake = threading.Event()
        self._looking = threading.Lock()
        self._thread: threading.Thread | None = None
        self._read: set[tuple[int, datetime]] = set()
        self._newest = -1
        self._called: dict[Any, int] = {}
        self._behind: dict[Any, tuple[int, float]] = {}
        self._restless: set[uuid.UUID] = set()
        self._followed_at = clock.now() - FOLLOWED_EVERY

    def start(self, day_id: Any, version: int) -> None:
        """Begin, with the first socket of the process; somebody was told that a day stands at this version.

        What another process does between that word and the first look is called out by the first look.
        """
        with self._start:
            self._called.setdefault(day_id, version)
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._loop, name="watch", daemon=True)
                self._thread.start()

    def tell_presence(self, day_id: uuid.UUID) -> None:
        """Somebody came or left: the facilitators hear it with the next look, once however many do so."""
        with self._start:
            self._restless.add(day_id)

    def wake(self) -> None:
        """Something was committed here: look now."""
        self._wake.set()

    def _loop(self) -> None:
        while True:
            self._wake.wait(POLL_SECONDS)
            self._wake.clear()
            lines = self._lines.all()
            if lines or self._passes.are_held():
                self._look(lines)
                self._call_people()

    def _look(self, lines: list[Connected]) -> None:
        with self._looking, self._app.app_context():
            try:
                with read_only():
                    self.turn(lines)
                self.note_followers(lines)
            except Exception:
                log.exception("watch_failed")

    def turn(self, lines: list[Connected]) -> None:
        """One look, inside an application context."""
        self._hang_up(ended(lines))
        if self._rights_changed():
            self._passes.end()
            open_lines = self._lines.all()  # with those who came by a pass while this was read
            db.session.rollback()  # and whose right was given meanwhile
            self._hang_up(line for line in open_lines if _has_other_rights(line))
        self._call_versions()
        db.session.rollback()

    def _hang_up(self, lines: Iterable[Connected]) -> None:
        guard: Guard = self._app.extensions["commission_guard"]
        for line in lines:
            guard.hang_up(line.engine_sid)

    def _rights_changed(self) -> bool:
        if self._newest < 0:
            self._newest = db.session.scalar(select(func.max(Event.number))) or 0
            return True
        query = select(Event.number, Event.at, Event.name).where(Event.number > self._newest - LOOK_BACK)
        rows = list(db.session.execute(query))
        fresh = [row for row in rows if (row.number, row.at) not in self._read]
        self._read = {(row.number, row.at) for row in rows}
        self._newest = max([self._newest, *(row.number for row in fresh)])
        return any(row.name.startswith(RIGHTS) for row in fresh)

    def _call_versions(self) -> None:
        """Tell those who follow a day its version when this process did not send it, nor the bus bring it,
        within a moment: who missed it asks again."""
        days = self._lines.days()
        query = select(CommissionSession.id, CommissionSession.live_version).where(
            CommissionSession.id.in_(days)
        )
        for day_id, version in db.session.execute(query):
            known = max(self._called.get(day_id, -1), self._broadcaster.sent_version(day_id))
            if self._is_under_way(day_id, version, known):
                continue
            self._called[day_id] = version
            if version > known >= 0:
                message = {"version": version}
                server_of(self._app).emit("version", message, to=day_room(day_id), ignore_queue=True)

    def _is_under_way(self, day_id: Any, version: int, known: int) -> bool:
        """Whether a version was seen just now for the first time: it may be on its way to everybody, and
        calling it out would have them all ask for what they are about to be given."""
        if not version > known >= 0:
            self._behind.pop(day_id, None)
            return False
        since = self._behind.get(day_id)
        if since is None or since[0] != known:
            since = self._behind[day_id] = (known, time.monotonic())
        return time.monotonic() - since[1] < UNDER_WAY_SECONDS

    def _call_people(self) -> None:
        """Tell the facilitators who is connected to this process."""
        with self._start:
            restless, self._restless = self._restless, set()
        people = self._lines.people() if restless else {}
        for day_id in restless:
            message = {"people": sorted(map(str, people.get(day_id, ())))}
            room = audience_room(day_id, Audience.FACILITATION)
            server_of(self._app).emit("presence", message, to=room, ignore_queue=True)

    def note_followers(self, lines: list[Connected]) -> None:
        """A page open on a day under way goes on following it, whatever the silence of its reader; it is no
        gesture and opens no other page."""
        if abs(clock.now() - self._followed_at) < FOLLOWED_EVERY:
            return
        self._followed_at = clock.now()
        with read_only():
            under_way = days_under_way({line.day_id for line in lines})
            db.session.rollback()
        logins = {line.visitor.login_id for line in lines if line.day_id in under_way}
        note_following(None, {login for login in logins if login}, idle_minutes=config().login_idle_minutes)
        commit()


def _has_other_rights(line: Connected) -> bool:
    """Whether somebody may see less, or more, than when the line was let in."""
    if line.is_guest and not is_awaited_guest(line.visitor, line.day_id):
        return True
    return audiences_of(line.visitor, line.day_id) != line.audiences
