"""Updates of shared texts as they go over the line."""

import base64


def on_wire(update: bytes) -> str:
    """An update as a client sends it."""
    return base64.b64encode(update).decode("ascii")


def from_wire(body: str) -> bytes:
    """An update as a client hears it."""
    return base64.b64decode(body)
