"""The master keys: they wrap the keys of the dossiers and nothing else, and never stand beside the data."""

import base64
import binascii
import os
import re
import secrets
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY_BYTES = 32
NONCE_BYTES = 12
_LEAST_DISTINCT = 12  # bytes; 32 drawn at random hold fewer once in more than 10^12 draws
_NAME = re.compile(r"[A-Za-z0-9_.-]{1,32}")


class VaultError(Exception):
    """What is sealed cannot be opened or written: a key is missing, or something was tampered with."""


@dataclass(frozen=True)
class MasterKey:
    """A key with the name that stands in what it wraps."""

    name: str
    secret: bytes = field(repr=False)


def draw_master_key(name: str = "") -> str:
    """A new master key as it is written in a setting: its name, a colon, the key in base64."""
    name = name or f"k{secrets.token_hex(4)}"
    return f"{name}:{base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode()}"


def read_master_keys(text: str) -> list[MasterKey]:
    """The keys of a setting, one a line or separated by commas, the current one first.

    Raises ValueError with a French sentence for a key that is malformed, weak or named twice.
    """
    found = [_read(line.strip()) for line in text.replace(",", "\n").splitlines() if line.strip()]
    if not found:
        raise ValueError("MASTER_KEYS doit porter au moins une clé maîtresse (commande « keys draw »).")
    if len({key.name for key in found}) < len(found):
        raise ValueError("MASTER_KEYS porte deux fois le même nom de clé.")
    return found


def _read(line: str) -> MasterKey:
    name, _, encoded = line.partition(":")
    try:
        secret = base64.b64decode(encoded, validate=True)
    except binascii.Error:
        secret = b""
    if not _NAME.fullmatch(name) or len(secret) != KEY_BYTES:
        raise ValueError("MASTER_KEYS : chaque clé s’écrit nom:base64, 32 octets tirés au hasard.")
    if len(set(secret)) < _LEAST_DISTINCT:
        raise ValueError(f"MASTER_KEYS : la clé {name} n’est pas tirée au hasard.")
    return MasterKey(name, secret)


def draw_key_file(path: Path) -> None:
    """Make the file of master keys of an installation that was given none, for its owner alone; once."""
    try:
        descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        return
    with os.fdopen(descriptor, "w") as file:
        file.write(draw_master_key() + "\n")


class Keyring:
    """The master keys of this process. A file of keys is read again when it changes, so that a new key comes
    into use without a restart."""

    def __init__(self, text: str = "", path: Path | None = None) -> None:
        self._path = path
        self._text = text
        self._stamp: tuple[int, int] | None = None
        self._keys: list[MasterKey] = []

    def wrap(self, subject: bytes, key: bytes) -> tuple[str, bytes]:
        """A key wrapped by the current master key for one subject: that key's name, and the wrapped key."""
        current = self._present()[0]
        nonce = secrets.token_bytes(NONCE_BYTES)
        return current.name, nonce + AESGCM(current.secret).encrypt(nonce, key, _bound(current.name, subject))

    def unwrap(self, subject: bytes, name: str, wrapped: bytes) -> bytes:
        """The key of a subject; raises VaultError when the master key is unknown or the wrapping was moved or
        changed."""
        master = next((key for key in self._present() if key.name == name), None)
        if master is None:
            raise VaultError(f"The master key {name} is not configured.")
        try:
            return AESGCM(master.secret).decrypt(
                wrapped[:NONCE_BYTES], wrapped[NONCE_BYTES:], _bound(name, subject)
            )
        except InvalidTag:
            raise VaultError(f"A key wrapped by {name} does not open.") from None

    @property
    def current(self) -> str:
        """The name of the key that wraps from now on."""
        return self._present()[0].name

    def _present(self) -> list[MasterKey]:
        if self._path is None:
            self._keys = self._keys or read_master_keys(self._text)
            return self._keys
        status = self._path.stat()
        stamp = (status.st_mtime_ns, status.st_size)
        if stamp != self._stamp:
            self._read_again(self._path, stamp)
        return self._keys

    def _read_again(self, path: Path, stamp: tuple[int, int]) -> None:
        """A file caught half written leaves the keys as they were until the next look."""
        try:
            keys = read_master_keys(path.read_text())
        except ValueError:
            if not self._keys:
                raise
        else:
            self._keys, self._stamp = keys, stamp


def _bound(name: str, subject: bytes) -> bytes:
    return b"master-key:" + name.encode() + b":" + subject
