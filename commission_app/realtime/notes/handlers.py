"""The socket's part in shared notes: open a text, send what is typed, say where one writes.

What is typed is acknowledged once the database has it; a refusal is acknowledged with its sentence. Everybody
who has the text open hears each update, the sender too: the same update twice changes nothing.
"""

import base64
import uuid
from collections.abc import Callable
from typing import Any

import structlog
from flask import Flask, request
from flask_socketio import join_room
from sqlalchemy.exc import SQLAlchemyError

from commission_app.accounts.models import User
from commission_app.core.db import commit, db, read_only, rollback, set_read_only
from commission_app.core.errors import DomainError, InvalidInputError, NotFoundError
from commission_app.realtime.lines import Connected, Lines
from commission_app.realtime.server import server_of
from commission_app.sessions.agenda.models import AgendaItem
from commission_app.sessions.day.fragments import Audience
from commission_app.sessions.day.notes.services import LONGEST_UPDATE, open_notes, write_update
from commission_app.sessions.day.notes.written import take_written
from commission_app.sessions.day.queries import get_point, get_run_day
from commission_app.sessions.models import CommissionSession

log = structlog.get_logger()

Answer = dict[str, Any]
LONGEST_LOOK = 400


def register_notes(app: Flask, socketio: Any, lines: Lines) -> None:
    """Answer to the three events of an editor; a client that is no facilitator of the day gets nowhere."""

    def open_text(named: Any = None) -> Answer:
        """Give everything typed so far and let the client hear what follows."""
        actor, day, item = _found(lines, named)
        join_room(notes_room(item.id))  # first: what others write from here on is heard
        state = open_notes(actor, day, item)
        commit()
        return {"state": base64.b64encode(state).decode("ascii")}

    def write(named: Any = None, body: Any = None) -> Answer:
        """Keep what was typed, then let everybody hear it."""
        actor, day, item = _found(lines, named)
        write_update(actor, day, item, _bytes(body))
        commit()
        return {"kept": True}

    def look(named: Any = None, place: Any = None) -> Answer:
        """Tell the others where this person writes; kept nowhere."""
        with read_only():
            actor, _day, item = _found(lines, named)
            if not isinstance(place, str) or len(place) > LONGEST_LOOK:
                raise InvalidInputError("Place inconnue.")
            told = {"item": str(item.id), "who": str(actor.id), "name": actor.full_name, "place": place}
        sid: str = request.sid  # type: ignore[attr-defined]
        server_of(app).emit("notes:place", told, to=notes_room(item.id), skip_sid=sid)
        return {}

    for event, handler in (("notes:open", open_text), ("notes:write", write), ("notes:look", look)):
        socketio.on_event(event, _answered(app, lines, handler))


def send_written(app: Flask) -> None:
    """Let everybody who has a text open hear what the transaction just committed added to it."""
    for item_id, body in take_written():
        message = {"item": str(item_id), "body": base64.b64encode(body).decode("ascii")}
        server_of(app).emit("notes:update", message, to=notes_room(item_id))


def notes_room(item_id: uuid.UUID) -> str:
    """The room of those who have the notes of a point open."""
    return f"notes:{item_id}"


def _answered(app: Flask, lines: Lines, handler: Callable[..., Answer]) -> Callable[..., Answer | None]:
    """A refusal becomes the answer; one that honest pages never meet is counted against the client."""

    def answer(*sent: Any) -> Answer | None:
        set_read_only(False)  # this thread may have answered a page before it held the line
        try:
            return handler(*sent[:2])
        except DomainError as refusal:
            rollback()
            connected = lines.of(request.sid)  # type: ignore[attr-defined]
            if connected is not None and _is_forged(refusal):
                app.extensions["commission_guard"].count(connected.engine_sid, "notes")
            return {"refused": refusal.message}
        except SQLAlchemyError:
            rollback()
            log.exception("notes_failed")
            return None  # no word is no yes: the editor says so, and sends it once more

    return answer


def _is_forged(refusal: DomainError) -> bool:
    """Whether a refusal is one that an honest page never meets; what is said of the text itself may be."""
    return isinstance(refusal, NotFoundError) or (
        isinstance(refusal, InvalidInputError) and refusal.field != "text"
    )


def _found(lines: Lines, named: Any) -> tuple[User, CommissionSession, AgendaItem]:
    """Who writes, and where; raises NotFoundError for whoever does not run the day of the socket."""
    connected: Connected | None = lines.of(request.sid)  # type: ignore[attr-defined]
    if connected is None or Audience.FACILITATION not in connected.audiences:
        raise NotFoundError()
    actor = db.session.get(User, connected.visitor.user_id)
    if actor is None:
        raise NotFoundError()
    day = get_run_day(actor, connected.day_id)
    return actor, day, get_point(day, _identifier(named))


def _identifier(named: Any) -> uuid.UUID:
    if not isinstance(named, str) or len(named) != 36:
        raise NotFoundError()
    try:
        return uuid.UUID(named)
    except ValueError:
        raise NotFoundError() from None


def _bytes(body: Any) -> bytes:
    if not isinstance(body, str) or len(body) > LONGEST_UPDATE * 2:
        raise InvalidInputError("Ces notes n’ont pas pu être lues. Rechargez la page.")
    try:
        return base64.b64decode(body, validate=True)
    except ValueError:
        raise InvalidInputError("Ces notes n’ont pas pu être lues. Rechargez la page.") from None
