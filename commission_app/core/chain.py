"""Chains of hashes: the digest of each entry covers its fields and the digest of the entry before it.

The register of decisions and the trace of what happened are such chains; both are verified here.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any


class Fault(StrEnum):
    """Why an entry does not hold."""

    MISSING = "missing"
    LOOSE = "loose"
    CHANGED = "changed"


@dataclass(frozen=True)
class Link:
    """One entry of a chain as it is kept; before the first stands number 0 with the chain's first digest."""

    number: int
    digest: str
    previous_digest: str = ""


def start_of(name: str) -> Link:
    """What stands before the first entry of a chain."""
    return Link(0, hashlib.sha256(name.encode()).hexdigest())


def digest_of(fields: Mapping[str, Any]) -> str:
    """The SHA-256 of the fields of an entry in one fixed form."""
    plain = {name: _plain(value) for name, value in fields.items()}
    canonical = json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def fault_of(link: Link, before: Link, digest: str) -> Fault | None:
    """What is wrong with an entry after `before` whose fields give `digest`; None when it holds."""
    if link.number != before.number + 1:
        return Fault.MISSING
    if link.previous_digest != before.digest:
        return Fault.LOOSE
    return Fault.CHANGED if link.digest != digest else None


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, (bool, int, list, dict)):
        return value
    if isinstance(value, datetime):
        return value.isoformat(timespec="microseconds")
    if isinstance(value, date):
        return value.isoformat()
    return str(value.value) if hasattr(value, "value") else str(value)
