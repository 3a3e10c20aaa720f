"""What goes over the wire: the fragments of an answer, the updates of shared texts."""

import base64
import re

PARTIAL = re.compile(r'<hx-partial hx-target="#([^"]+)" hx-swap="\w+">(.*?)</hx-partial>', re.DOTALL)


def parts_of(answer: str) -> dict[str, str]:
    """The fragments of an answer by their ids, the moment among them."""
    return {name: html for name, html in PARTIAL.findall(answer) if name != "reponse"}


def on_wire(update: bytes) -> str:
    """An update as a client sends it."""
    return base64.b64encode(update).decode("ascii")


def from_wire(body: str) -> bytes:
    """An update as a client hears it."""
    return base64.b64decode(body)
