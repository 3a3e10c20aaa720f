"""Secret links: 256 random bits, shown once, stored as a hash."""

import hashlib
import secrets


def new_token() -> str:
    """A secret for a link or a login."""
    return secrets.token_urlsafe(32)


def hashed(token: str) -> str:
    """What is stored of a secret (64 hexadecimal characters)."""
    return hashlib.sha256(token.encode()).hexdigest()
