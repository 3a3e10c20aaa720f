"""The events of the socket: coming in and leaving. Everything else a client sends is refused and counted."""

from functools import partial
from typing import Any

from flask import Flask, request, session
from flask_socketio import join_room
from socketio.exceptions import ConnectionRefusedError
from sqlalchemy import select

from commission_app.core.db import db, read_only
from commission_app.realtime.doors import audiences_of, visitor_of, wanted_day
from commission_app.realtime.lines import Connected, Lines, Visitor, audience_room, day_room
from commission_app.realtime.watch import Watch, tell_presence
from commission_app.sessions.models import CommissionSession

REFUSED = "Vous ne suivez pas cette session."


def is_known(app: Flask, environ: dict[str, Any]) -> bool:
    """Whether a line is asked for by somebody signed in, or by a room screen."""
    with app.request_context(environ), read_only():
        return visitor_of(request, session.get("_user_id")) != Visitor()


def register_handlers(app: Flask, socketio: Any, lines: Lines, watch: Watch) -> None:
    """Answer to connect and disconnect."""

    def come_in(auth: Any = None) -> None:
        """Let a socket into the audiences that the database gives it, and tell it the present version."""
        with read_only():
            engine_sid = socketio.server.manager.eio_sid_from_sid(request.sid, "/")  # type: ignore[attr-defined]
            connected = _admitted(auth, engine_sid)
            lines.add(connected)
            join_room(day_room(connected.day_id))
            for audience in connected.audiences:
                join_room(audience_room(connected.day_id, audience))
            query = select(CommissionSession.live_version).where(CommissionSession.id == connected.day_id)
            version = db.session.scalar(query) or 0
        socketio.emit("version", {"version": version}, to=connected.sid, ignore_queue=True)
        watch.start(connected.day_id, version)
        tell_presence(app, lines, connected.day_id)

    def leave(*_reason: Any) -> None:
        """Forget a socket."""
        left = lines.remove(request.sid)  # type: ignore[attr-defined]
        if left is not None:
            tell_presence(app, lines, left.day_id)

    app.extensions["commission_guard"].knows = partial(is_known, app)
    socketio.on_event("connect", come_in)
    socketio.on_event("disconnect", leave)


def _admitted(auth: Any, engine_sid: str) -> Connected:
    day_id = wanted_day(auth)
    visitor = visitor_of(request, session.get("_user_id"))
    audiences = audiences_of(visitor, day_id) if day_id is not None else frozenset()
    if day_id is None or not audiences:
        raise ConnectionRefusedError(REFUSED)
    sid: str = request.sid  # type: ignore[attr-defined]
    return Connected(sid, engine_sid, day_id, visitor, audiences)
