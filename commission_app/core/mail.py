"""Mail through the outbox: written with the act that causes it, sent by the worker, delayed rather than
lost."""

import smtplib
import ssl
import uuid
from base64 import encodebytes
from dataclasses import asdict, dataclass, field
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import formataddr, formatdate
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import unquote, urlsplit

from flask import current_app

from commission_app.core import clock
from commission_app.core.config import Config
from commission_app.core.outbox import LaterError, enqueue, job


@dataclass(frozen=True)
class Mail:
    """A message to one address. No personal data of a person concerned may stand in it: links say less than
    words.

    `calendar` is an iCalendar object with its `method` (REQUEST, CANCEL), carried as an alternative part.
    """

    to: str
    subject: str
    text: str
    html: str = ""
    calendar: str = ""
    method: str = ""
    headers: dict[str, str] = field(default_factory=dict)


def send_later(mail: Mail, *, key: str = "") -> None:
    """Put a message into the outbox in the present transaction; the same `key` twice sends once."""
    enqueue("send_mail", asdict(mail), key=f"mail:{key}" if key else "")


class Backend(Protocol):
    """What delivers a finished message."""

    def deliver(self, message: EmailMessage) -> None: ...


class MemoryBackend:
    """Keeps messages in a list, for tests."""

    def __init__(self) -> None:
        self.sent: list[EmailMessage] = []

    def deliver(self, message: EmailMessage) -> None:
        """Keep the message."""
        self.sent.append(message)


class FileBackend:
    """Writes each message as an .eml file, newest name last: what the demonstration shows as a mailbox."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def deliver(self, message: EmailMessage) -> None:
        """Write the message whole or not at all."""
        self.folder.mkdir(parents=True, exist_ok=True)
        name = f"{clock.now():%Y%m%d-%H%M%S-%f}-{uuid.uuid4()}.eml"
        part = self.folder / f".{name}.part"
        part.write_bytes(message.as_bytes(policy=SMTP))
        part.rename(self.folder / name)


class SmtpBackend:
    """Delivers through smtp:// (STARTTLS when offered) or smtps://, with user and password from the
    address."""

    def __init__(self, url: str) -> None:
        self.url = urlsplit(url)

    def deliver(self, message: EmailMessage) -> None:
        """Hand the message to the server; raises LaterError when it must be tried again."""
        try:
            with self._connect() as server:
                server.send_message(message)
        except (OSError, smtplib.SMTPException) as error:
            raise LaterError(_reason(error)) from error

    def _connect(self) -> smtplib.SMTP:
        host, port = self.url.hostname or "127.0.0.1", self.url.port
        if self.url.scheme == "smtps":
            server: smtplib.SMTP = smtplib.SMTP_SSL(
                host, port or 465, timeout=20, context=ssl.create_default_context()
            )
        else:
            server = smtplib.SMTP(host, port or 25, timeout=20)
            server.ehlo()
            if server.has_extn("starttls"):
                server.starttls(context=ssl.create_default_context())
        if self.url.username:
            server.login(unquote(self.url.username), unquote(self.url.password or ""))
        return server


def _reason(error: Exception) -> str:
    """Why a delivery failed, without any address in it."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return "Adresse refusée par le serveur de courriel"
    if isinstance(error, smtplib.SMTPResponseException):
        return f"Réponse {error.smtp_code} du serveur de courriel"
    return f"Serveur de courriel injoignable ({type(error).__name__})"


def backend_of(config: Config) -> Backend:
    """The backend that the configuration names."""
    if config.mail_backend == "smtp":
        return SmtpBackend(config.smtp_url)
    if config.mail_backend == "memory":
        return MemoryBackend()
    return FileBackend(config.data_dir / "mails")


def build(mail: Mail, config: Config, product: str) -> EmailMessage:
    """Turn a Mail into a MIME message: text, then HTML, then calendar, each an alternative of the other."""
    message = EmailMessage()
    message["From"] = formataddr((product, config.mail_sender))
    message["To"] = mail.to
    message["Subject"] = mail.subject
    message["Date"] = formatdate(localtime=False)
    message["Message-ID"] = f"<{uuid.uuid4()}@{config.mail_domain}>"
    message["Auto-Submitted"] = "auto-generated"
    for name, value in mail.headers.items():
        message[name] = value
    message.set_content(mail.text)
    if mail.html:
        message.add_alternative(mail.html, subtype="html")
    if mail.calendar:
        _add_calendar(message, mail)
    return message


def _add_calendar(message: EmailMessage, mail: Mail) -> None:
    """The method stands in the MIME type too, and the part is base64: Zimbra and Outlook ask for both."""
    message.add_alternative(b"", maintype="text", subtype="calendar")
    part = message.get_payload()[-1]  # type: ignore[index]
    assert isinstance(part, EmailMessage)
    part.set_payload(encodebytes(mail.calendar.encode()).decode())
    del part["Content-Type"], part["Content-Transfer-Encoding"]
    part["Content-Type"] = f'text/calendar; charset="utf-8"; method={mail.method}; name="invitation.ics"'
    part["Content-Transfer-Encoding"] = "base64"


@job("send_mail")
def _send(payload: dict[str, Any]) -> None:
    config: Config = current_app.extensions["commission_config"]
    backend: Backend = current_app.extensions["commission_mail"]
    backend.deliver(build(Mail(**payload), config, current_app.extensions["commission_words"].product))
