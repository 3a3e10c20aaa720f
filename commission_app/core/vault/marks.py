"""Blind marks: two equal texts of one scope have the same mark, and the mark says nothing else.

The key of the marks is kept like the key of a dossier, wrapped by the master key: a new master key leaves the
marks as they are.
"""

import hashlib
import hmac
import uuid

from commission_app.core.vault.house import MARKS, house_key


def mark_of(kind: str, scope: uuid.UUID, text: str) -> str:
    """The mark of a text within a scope, '' for no text: an HMAC-SHA-256 that only the keys can make."""
    if not text:
        return ""
    said = f"{kind}:{scope}:{text}".encode()
    return hmac.new(house_key(MARKS), said, hashlib.sha256).hexdigest()
