"""A shared text out of its updates: pure functions on bytes.

Updates are stored raw and handed out merged (`merge_updates`), never as the state of a server-side document:
a browser that cuts an emoji in two would make that state differ from what the browsers have. Lengths and
offsets inside pycrdt are bytes of UTF-8.
"""

from collections.abc import Iterable

from pycrdt import Doc, Text, merge_updates

FIELD = "notes"


def merged(updates: Iterable[bytes]) -> bytes:
    """All updates as one; raises ValueError for one that is broken. Without any: b''."""
    bodies = list(updates)
    return merge_updates(*bodies) if bodies else b""


def text_of(state: bytes) -> str:
    """The text that a state holds; raises ValueError when it cannot be read."""
    return str(_document(state)[1])


def edit(state: bytes, wanted: str) -> bytes:
    """The update that makes the text of a state read `wanted`; b'' when it does already.

    What both texts share at their two ends is left alone, so that somebody who writes elsewhere in it keeps
    every letter.
    """
    document, text = _document(state)
    was = str(text)
    if was == wanted:
        return b""
    head = _shared(was, wanted)
    tail = _shared(was[head:][::-1], wanted[head:][::-1])
    known = document.get_state()
    start, end = _bytes(was[:head]), _bytes(was[: len(was) - tail])
    with document.transaction():
        if end > start:
            del text[start:end]
        if new := wanted[head : len(wanted) - tail]:
            text.insert(start, new)
    return bytes(document.get_update(known))


def _document(state: bytes) -> tuple[Doc[Text], Text]:
    document: Doc[Text] = Doc()
    text = document.get(FIELD, type=Text)
    if state:
        document.apply_update(state)
    return document, text


def _bytes(text: str) -> int:
    return len(text.encode())


def _shared(one: str, other: str) -> int:
    """How many letters both texts begin with."""
    differing = (place for place, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1])
    return next(differing, min(len(one), len(other)))
