"""The mails that the file backend wrote, as a person reads them."""

import uuid
from dataclasses import dataclass
from datetime import datetime
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

from icalendar import Calendar

from commission_app.core.errors import NotFoundError

SHOWN = 200
UUID_LENGTH = 36
METHODS = {"REQUEST": "Invitation à mettre dans l’agenda", "CANCEL": "Annulation dans l’agenda"}


@dataclass(frozen=True)
class Appointment:
    """What a calendar program would make of the calendar part."""

    method: str
    title: str
    starts_at: datetime
    ends_at: datetime
    place: str


@dataclass(frozen=True)
class Letter:
    """A mail: to whom, about what, its plain text, and its appointment if it carries one."""

    id: uuid.UUID
    to: str
    subject: str
    sent_at: datetime
    text: str
    appointment: Appointment | None


def letters(folder: Path) -> list[Letter]:
    """The latest mails, the newest first; the name of a file begins with its moment."""
    paths = sorted(folder.glob("*.eml"), reverse=True)[:SHOWN]
    return [_letter(path) for path in paths]


def get_letter(folder: Path, letter_id: uuid.UUID) -> Letter:
    """One mail; raises NotFoundError when there is none of that number."""
    path = next(folder.glob(f"*-{letter_id}.eml"), None)
    if path is None:
        raise NotFoundError()
    return _letter(path)


def _letter(path: Path) -> Letter:
    message = BytesParser(policy=policy.default).parsebytes(path.read_bytes())
    assert isinstance(message, EmailMessage)
    body = message.get_body(("plain",))
    return Letter(
        id=uuid.UUID(path.stem[-UUID_LENGTH:]),
        to=str(message["To"]),
        subject=str(message["Subject"]),
        sent_at=parsedate_to_datetime(str(message["Date"])),
        text=str(body.get_content()) if body else "",
        appointment=_appointment(message),
    )


def _appointment(message: EmailMessage) -> Appointment | None:
    part = next((part for part in message.walk() if part.get_content_type() == "text/calendar"), None)
    if part is None:
        return None
    payload = part.get_payload(decode=True)
    assert isinstance(payload, bytes)
    calendar: Any = Calendar.from_ical(payload)
    event = calendar.walk("VEVENT")[0]
    method = str(calendar.get("METHOD", ""))
    return Appointment(
        method=METHODS.get(method, method),
        title=str(event.get("SUMMARY", "")),
        starts_at=event.decoded("DTSTART"),
        ends_at=event.decoded("DTEND"),
        place=str(event.get("LOCATION", "")),
    )
