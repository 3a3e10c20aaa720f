"""The code of the room screen: it proves that somebody is in the room, for one day and a few minutes."""

import base64
import hashlib
import hmac
import uuid
from datetime import datetime

#: A code is shown for so long, and still taken for as long again.
WINDOW_SECONDS = 600
MAC_BYTES = 12


def code_of(key: str, day_id: uuid.UUID, now: datetime) -> str:
    """The code of a day at this moment, as it stands in an address (38 characters)."""
    return _text(_signed(key, day_id, _window(now)))


def day_of_code(key: str, code: str, now: datetime) -> uuid.UUID | None:
    """The day for which a code is good at this moment; None for a forged, broken or old one."""
    try:
        raw = base64.urlsafe_b64decode(code.encode("ascii") + b"=" * (-len(code) % 4))
        day_id = uuid.UUID(bytes=raw[:16])
    except ValueError:
        return None
    window = _window(now)
    good = [_signed(key, day_id, window - age) for age in (0, 1)]
    return day_id if any(hmac.compare_digest(raw, one) for one in good) else None


def _window(now: datetime) -> int:
    return int(now.timestamp()) // WINDOW_SECONDS


def _signed(key: str, day_id: uuid.UUID, window: int) -> bytes:
    message = b"arrival" + day_id.bytes + window.to_bytes(8, "big")
    return day_id.bytes + hmac.digest(key.encode(), message, hashlib.sha256)[:MAC_BYTES]


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode("ascii")
