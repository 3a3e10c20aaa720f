"""The events of the socket: coming in and leaving. Everything else a client sends is refused and counted."""

from dataclasses import dataclass
from functools import partial
from typing import Any

from flask import Flask, request, session
from flask_socketio import join_room
from socketio.exceptions import ConnectionRefusedError
from sqlalchemy import Select, select

from commission_app.core.db import db, read_only
from commission_app.core.prepared import Prepared
from commission_app.realtime.broadcasts import Broadcaster
from commission_app.realtime.doors import (
    ShownPage,
    audiences_of,
    is_awaited_guest,
    shown_page,
    visitor_of,
    wanted_day,
)
from commission_app.realtime.lines import Connected, Lines, Visitor, audience_room, day_room, guest_room
from commission_app.realtime.passes import Look, Passes
from commission_app.realtime.turnstile import PASSING
from commission_app.realtime.watch import Watch
from commission_app.sessions.models import CommissionSession

REFUSED = "Vous ne suivez pas cette session."


VISITOR = "commission.visitor"


def is_known(app: Flask, environ: dict[str, Any]) -> bool:
    """Whether a line is asked for by somebody signed in, a screen or a guest; who it is goes with the line.

    A login that ends between this look and the next word of the line is hung up by the watch, like any other.
    """
    with PASSING, app.request_context(environ), read_only():
        environ[VISITOR] = visitor_of(request, session.get("_user_id"))
        return bool(environ[VISITOR] != Visitor())


@dataclass(frozen=True)
class Entrance:
    """Where sockets come in and leave."""

    app: Flask
    socketio: Any
    lines: Lines
    watch: Watch
    broadcaster: Broadcaster
    passes: Passes

    def register(self) -> None:
        """Answer to connect and disconnect, and to a page that lacks something."""
        self.app.extensions["commission_guard"].knows = partial(is_known, self.app)
        self.socketio.on_event("connect", self.come_in)
        self.socketio.on_event("disconnect", self.leave)
        self.socketio.on_event("behind", self.catch_up)

    def come_in(self, auth: Any = None) -> None:
        """Let a socket into the audiences that the database gives it, and tell it the present version; a page
        that shows an older one is given the day as it stands."""
        with PASSING, read_only():
            connected = self._admit(auth)
            with self.broadcaster.between_sends(connected.day_id):
                version = _join(connected)
                self._show_rest(connected, shown_page(auth), version)
        self._send(connected, "version", {"version": version})
        self.watch.start(connected.day_id, version)
        self.watch.tell_presence(connected.day_id)

    def catch_up(self, shows: Any = None) -> None:
        """Give a page that missed something the day as it stands: rendered once for all who lack it, where
        asking for pages would cost one rendering each."""
        connected = self.lines.of(request.sid)  # type: ignore[attr-defined]
        if connected is None:
            return
        with PASSING, read_only(), self.broadcaster.between_sends(connected.day_id):
            self._show_rest(connected, shown_page(shows), _version_now(connected))

    def leave(self, *_reason: Any) -> None:
        """Forget a socket."""
        left = self.lines.remove(request.sid)  # type: ignore[attr-defined]
        if left is not None:
            self.watch.tell_presence(left.day_id)

    def _admit(self, auth: Any) -> Connected:
        spell = self.passes.spell
        connected = self._connected(auth, self.passes.audiences_of)
        self.lines.add(connected)
        while spell != self.passes.spell:  # rights changed while it came in
            self.lines.remove(connected.sid)
            spell = self.passes.spell
            db.session.rollback()  # read as they are now
            self.lines.add(connected := self._connected(auth, audiences_of))
        return connected

    def _connected(self, auth: Any, look: Look) -> Connected:
        day_id = wanted_day(auth)
        visitor = request.environ[VISITOR]
        audiences = look(visitor, day_id) if day_id is not None else frozenset()
        is_guest = day_id is not None and is_awaited_guest(visitor, day_id)
        if day_id is None or not (audiences or is_guest):
            raise ConnectionRefusedError(REFUSED)
        sid: str = request.sid  # type: ignore[attr-defined]
        engine_sid = self.socketio.server.manager.eio_sid_from_sid(sid, "/")
        return Connected(sid, engine_sid, day_id, visitor, audiences, is_guest)

    def _show_rest(self, connected: Connected, shown: ShownPage | None, version: int) -> None:
        if shown is None or shown.version >= version or shown.audience not in connected.audiences:
            return
        message = self.broadcaster.state(connected.day_id, shown.audience, version)
        self._send(connected, shown.audience.value, message)

    def _send(self, connected: Connected, event: str, message: Any) -> None:
        self.socketio.emit(event, message, to=connected.sid, ignore_queue=True)


def _join(connected: Connected) -> int:
    join_room(day_room(connected.day_id))
    for audience in connected.audiences:
        join_room(audience_room(connected.day_id, audience))
    if connected.is_guest:
        join_room(guest_room(connected.day_id))
    return _version_now(connected)


def _version_now(connected: Connected) -> int:
    """Everything that was sent until now stands in what is read from here on."""
    db.session.rollback()
    return _VERSION(day_id=connected.day_id).scalar_one_or_none() or 0


def _version(*, day_id: Any) -> Select[int]:
    return select(CommissionSession.live_version).where(CommissionSession.id == day_id)


_VERSION = Prepared(_version)
