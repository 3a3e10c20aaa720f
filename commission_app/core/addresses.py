"""The application, with the paths of its pages built once each: a page names fifty, mostly the same
again."""

from functools import lru_cache
from typing import Any, cast
from uuid import UUID

from flask import Flask, current_app, has_request_context
from flask.typing import ResponseReturnValue

from commission_app.core.deadlocks import untied

REMEMBERED = 20_000
PLAIN = (UUID, int, str, type(None))
LONGEST_WORD = 24  # a longer text may be the secret of a personal link, which is kept nowhere


class Application(Flask):
    """Flask; a path depends on its endpoint and values alone, for the site stands at the root of its host."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._remembered = lru_cache(REMEMBERED)(self._build)

    def path(self, endpoint: str, values: dict[str, Any]) -> str:
        """The path of a page, with or without a request. Raises BuildError when there is no such page."""
        if all(map(_is_plain, values.values())):
            return self._remembered(endpoint, *values.items())
        return self._build(endpoint, *values.items())

    def url_for(self, /, endpoint: str, **values: Any) -> str:
        """As Flask says; what is no plain path of the present request is left to it."""
        if endpoint[0] == "." or not has_request_context() or any(name[0] == "_" for name in values):
            return super().url_for(endpoint, **values)
        return self.path(endpoint, values)

    def dispatch_request(self) -> ResponseReturnValue:
        """Answer the request; a transaction that was broken off for another is done once more."""
        return untied(super().dispatch_request)

    def _build(self, endpoint: str, *values: tuple[str, Any]) -> str:
        return self.url_map.bind("localhost").build(endpoint, dict(values))


def path_for(endpoint: str, **values: Any) -> str:
    """The path of a page of this site; needs no request."""
    return cast(Application, current_app).path(endpoint, values)


def _is_plain(value: object) -> bool:
    kind = type(value)
    return kind in PLAIN and (kind is not str or len(cast(str, value)) <= LONGEST_WORD)
