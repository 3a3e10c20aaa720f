"""Sealing one text: AES-256-GCM, bound to the very place where it is kept."""

import secrets
import uuid

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from commission_app.core.vault.keyring import NONCE_BYTES, VaultError

FORMAT = b"\x01"
_NONCE = slice(len(FORMAT), len(FORMAT) + NONCE_BYTES)
_REST = slice(len(FORMAT) + NONCE_BYTES, None)


def place_of(table: str, column: str, row_id: uuid.UUID, subject_id: uuid.UUID) -> bytes:
    """Where a sealed text belongs: it opens in no other table, column, row or dossier."""
    return f"{table}.{column}:".encode() + row_id.bytes + subject_id.bytes


def seal(key: bytes | AESGCM, text: str, place: bytes) -> bytes:
    """A text sealed for one place with a key or its cipher; no text is sealed as nothing."""
    return seal_bytes(key, text.encode(), place)


def unseal(key: bytes | AESGCM, sealed: bytes, place: bytes) -> str:
    """The text; raises VaultError for a text that was changed, or moved here from another place."""
    return unseal_bytes(key, sealed, place).decode()


def seal_bytes(key: bytes | AESGCM, content: bytes, place: bytes) -> bytes:
    """The same of bytes that are no text."""
    if not content:
        return b""
    nonce = secrets.token_bytes(NONCE_BYTES)
    return FORMAT + nonce + _cipher(key).encrypt(nonce, content, place)


def unseal_bytes(key: bytes | AESGCM, sealed: bytes, place: bytes) -> bytes:
    """The bytes; refuses as `unseal` does."""
    if not sealed:
        return b""
    if sealed[:1] != FORMAT:
        raise VaultError("This is not a sealed text.")
    try:
        return _cipher(key).decrypt(sealed[_NONCE], sealed[_REST], place)
    except InvalidTag:
        raise VaultError("A sealed text was changed or moved.") from None


def _cipher(key: bytes | AESGCM) -> AESGCM:
    return AESGCM(key) if isinstance(key, bytes) else key
