"""After each commit on a live day: its fragments once for each audience, and to each audience what
changed."""

import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import structlog
from flask import Flask

from commission_app.core import clock
from commission_app.core.db import db, read_only
from commission_app.realtime.lines import Lines, audience_room, guest_room
from commission_app.realtime.server import server_of
from commission_app.sessions.day.fragments import Audience, fragments_of
from commission_app.sessions.day.renderings import Rendering
from commission_app.sessions.day.snapshot import room_view, with_desk
from commission_app.sessions.day.view import LiveView

#: Participants first: they are many and wait for what the facilitators have already done.
ORDER = (Audience.MEMBERS, Audience.SCREEN, Audience.FACILITATION)
#: Who comes back is shown what was rendered for others, unless hours on it may have moved since.
FRESH_SECONDS = 10.0

log = structlog.get_logger()


@dataclass(frozen=True)
class Kept:
    """The whole of a day as one audience sees it, rendered once for everybody who comes."""

    message: dict[str, Any]
    at: float

    def shows(self, version: int) -> bool:
        """Whether somebody who was told of a version may be shown this."""
        return self.message["version"] >= version and time.monotonic() - self.at < FRESH_SECONDS


@dataclass
class Sent:
    """What this process last sent of a day, and which versions it made since."""

    version: int = -1
    own: set[int] = field(default_factory=set)
    fragments: dict[Audience, dict[str, int]] = field(default_factory=dict)
    kept: dict[Audience, Kept] = field(default_factory=dict)
    sending: threading.Lock = field(default_factory=threading.Lock)

    def keep(self, audience: Audience, view: LiveView, rendered: dict[str, str]) -> Kept:
        """Keep a rendering for those who come, unless a newer one is there."""
        kept, before = Kept(message_of(view, 0, rendered), time.monotonic()), self.kept.get(audience)
        if before is None or before.message["version"] <= view.version:
            self.kept[audience] = kept
        return kept

    is_due: bool = False
    is_running: bool = False


class Broadcaster:
    """Renders and sends; acts that come while a day is being rendered are gathered into the next turn."""

    def __init__(self, app: Flask, lines: Lines) -> None:
        self._app = app
        self._lines = lines
        self._lock = threading.Lock()
        self._sent: dict[uuid.UUID, Sent] = {}

    def touch(self, day_id: uuid.UUID, version: int) -> Rendering | None:
        """A transaction of this process brought a day to a version: send what changed before returning it.

        While another thread sends this day, that thread sends this change too and this call returns nothing
        at once; so it does where nobody follows. The act stands whatever happens here: what could not be sent
        is called out by the watch, and the next message builds on nothing.
        """
        with self._lock:
            sent = self._sent.setdefault(day_id, Sent())
            sent.own.add(version)
            sent.is_due = True
            if sent.is_running:
                return None
            sent.is_running = True
        rendering = None
        while self._take_turn(sent):
            rendering = self._try_to_send(day_id, sent)
        return rendering

    def sent_version(self, day_id: uuid.UUID) -> int:
        """The last version of a day that this process sent; -1 when it sent none."""
        with self._lock:
            sent = self._sent.get(day_id)
            return sent.version if sent else -1

    @contextmanager
    def between_sends(self, day_id: uuid.UUID) -> Iterator[None]:
        """Inside the block nothing is sent of a day: who joins there misses nothing."""
        with self._of(day_id).sending:
            yield

    def state(self, day_id: uuid.UUID, audience: Audience, version: int) -> dict[str, Any] | None:
        """The whole of a day for somebody who comes (back) and was told of a version.

        Call it between sends and where the database may be read. However many come at once, it is rendered
        once.
        """
        sent = self._of(day_id)
        kept = sent.kept.get(audience)
        if kept is None or not kept.shows(version):
            view = room_view(day_id)
            if view is None:
                return None
            view = with_desk(view) if audience is Audience.FACILITATION else view
            kept = sent.keep(audience, view, fragments_of(view, audience))
        return {**kept.message, "now": milliseconds(clock.now())}

    def _of(self, day_id: uuid.UUID) -> Sent:
        with self._lock:
            return self._sent.setdefault(day_id, Sent())

    def _take_turn(self, sent: Sent) -> bool:
        with self._lock:
            is_due, sent.is_due = sent.is_due, False
            if not is_due:
                sent.is_running = False
            return is_due

    def _try_to_send(self, day_id: uuid.UUID, sent: Sent) -> Rendering | None:
        try:
            return self._send(day_id, sent)
        except Exception:
            log.exception("broadcast_failed")
            self._forget(sent)
            return None
        except BaseException:
            with self._lock:
                sent.is_running = False
            raise

    def _send(self, day_id: uuid.UUID, sent: Sent) -> Rendering | None:
        if not self._is_followed(day_id):
            self._forget(sent)
            return None
        fragments = {}
        with self._app.app_context(), read_only():
            view = room_view(day_id)
            if view is None:
                return None
            since = sent.version if self._knows_all(sent, view.version) else 0
            for audience in ORDER:
                view = with_desk(view) if audience is Audience.FACILITATION else view
                fragments[audience] = self._send_to(audience, view, since, sent)
            db.session.rollback()
        with self._lock:
            sent.version = view.version
            sent.own = {version for version in sent.own if version > view.version}
        return Rendering(view, fragments)

    def _forget(self, sent: Sent) -> None:
        """Nobody was sent this act: who comes next is given a newer day than what was sent last, and the next
        message must not build on that."""
        with self._lock:
            sent.version, sent.fragments = -1, {}

    def _is_followed(self, day_id: uuid.UUID) -> bool:
        config = self._app.extensions["commission_config"]
        return bool(config.redis_url) or self._lines.has(day_id)

    def _knows_all(self, sent: Sent, version: int) -> bool:
        """Whether every version since the last one sent was made here; else another process sent some of
        them."""
        with self._lock:
            return sent.version >= 0 and sent.own.issuperset(range(sent.version + 1, version + 1))

    def _send_to(self, audience: Audience, view: LiveView, since: int, sent: Sent) -> dict[str, str]:
        rendered = fragments_of(view, audience)
        before = sent.fragments.get(audience, {}) if since else {}
        prints = {name: hash(html) for name, html in rendered.items()}
        changed = {name: html for name, html in rendered.items() if before.get(name) != prints[name]}
        sent.fragments[audience] = prints
        message = message_of(view, since, changed)
        with sent.sending:
            sent.keep(audience, view, rendered)
            server_of(self._app).emit(audience.value, message, to=audience_room(view.id, audience))
        return rendered


def message_of(view: LiveView, since: int, fragments: dict[str, str]) -> dict[str, Any]:
    """What goes over the wire. `since` is the version that the changes build on, 0 when everything is there;
    `now` is the server's hour in milliseconds; `personal` changes when readers should ask for their own
    part."""
    return {
        "version": view.version,
        "since": since,
        "now": milliseconds(view.clock.now),
        "personal": view.personal_key,
        "fragments": fragments,
    }


def milliseconds(moment: datetime) -> int:
    """A moment as browsers count."""
    return int(moment.timestamp() * 1000)


def tell_guests(app: Flask, day_id: uuid.UUID, version: int) -> None:
    """Tell the guests of a day that something happened; each asks for the own page."""
    server_of(app).emit("version", {"version": version}, to=guest_room(day_id))
