"""After each commit on a live day: its fragments once for each audience, and to each audience what
changed."""

import threading
import uuid
from dataclasses import dataclass, field
from typing import Any

from flask import Flask

from commission_app.core.db import db, read_only
from commission_app.realtime.lines import Lines, audience_room
from commission_app.realtime.server import server_of
from commission_app.sessions.day.fragments import Audience, fragments_of
from commission_app.sessions.day.snapshot import room_view, with_desk
from commission_app.sessions.day.view import LiveView

#: Participants first: they are many and wait for what the facilitators have already done.
ORDER = (Audience.MEMBERS, Audience.SCREEN, Audience.FACILITATION)


@dataclass
class Sent:
    """What this process last sent of a day, and which versions it made since."""

    version: int = -1
    own: set[int] = field(default_factory=set)
    fragments: dict[Audience, dict[str, int]] = field(default_factory=dict)
    is_due: bool = False
    is_running: bool = False


class Broadcaster:
    """Renders and sends; acts that come while a day is being rendered are gathered into the next turn."""

    def __init__(self, app: Flask, lines: Lines) -> None:
        self._app = app
        self._lines = lines
        self._lock = threading.Lock()
        self._sent: dict[uuid.UUID, Sent] = {}

    def touch(self, day_id: uuid.UUID, version: int) -> None:
        """A transaction of this process brought a day to a version: send what changed before returning.

        While another thread sends this day, that thread sends this change too and this call returns at once.
        """
        with self._lock:
            sent = self._sent.setdefault(day_id, Sent())
            sent.own.add(version)
            sent.is_due = True
            if sent.is_running:
                return
            sent.is_running = True
        try:
            while self._take_turn(sent):
                self._send(day_id, sent)
        finally:
            with self._lock:
                sent.is_running = False

    def sent_version(self, day_id: uuid.UUID) -> int:
        """The last version of a day that this process sent; -1 when it sent none."""
        with self._lock:
            sent = self._sent.get(day_id)
            return sent.version if sent else -1

    def _take_turn(self, sent: Sent) -> bool:
        with self._lock:
            is_due, sent.is_due = sent.is_due, False
            if not is_due:
                sent.is_running = False
            return is_due

    def _send(self, day_id: uuid.UUID, sent: Sent) -> None:
        if not self._is_followed(day_id):
            return
        with self._app.app_context(), read_only():
            view = room_view(day_id)
            if view is None:
                return
            since = sent.version if self._knows_all(sent, view.version) else 0
            for audience in ORDER:
                view = with_desk(view) if audience is Audience.FACILITATION else view
                self._send_to(audience, view, since, sent)
            db.session.rollback()
        with self._lock:
            sent.version = view.version
            sent.own = {version for version in sent.own if version > view.version}

    def _is_followed(self, day_id: uuid.UUID) -> bool:
        config = self._app.extensions["commission_config"]
        return bool(config.redis_url) or self._lines.has(day_id)

    def _knows_all(self, sent: Sent, version: int) -> bool:
        """Whether every version since the last one sent was made here; else another process sent some of
        them."""
        with self._lock:
            return sent.version >= 0 and sent.own.issuperset(range(sent.version + 1, version + 1))

    def _send_to(self, audience: Audience, view: LiveView, since: int, sent: Sent) -> None:
        rendered = fragments_of(view, audience)
        before = sent.fragments.get(audience, {}) if since else {}
        prints = {name: hash(html) for name, html in rendered.items()}
        changed = {name: html for name, html in rendered.items() if before.get(name) != prints[name]}
        sent.fragments[audience] = prints
        message = message_of(view, since, changed)
        server_of(self._app).emit(audience.value, message, to=audience_room(view.id, audience))


def message_of(view: LiveView, since: int, fragments: dict[str, str]) -> dict[str, Any]:
    """What goes over the wire. `since` is the version that the changes build on, 0 when everything is there;
    `now` is the server's hour in milliseconds; `personal` changes when readers should ask for their own
    part."""
    return {
        "version": view.version,
        "since": since,
        "now": int(view.clock.now.timestamp() * 1000),
        "personal": view.personal_key,
        "fragments": fragments,
    }
