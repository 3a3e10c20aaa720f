"""A live server and its followers for each test."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask

from tests.databases import settle
from tests.realtime.people import Follower, LiveServer, cookies_of
from tests.sessions.day.scene import Scene, make_scene


@pytest.fixture
def scene(app: Flask) -> Scene:
    """A live day."""
    made = make_scene()
    settle()
    return made


@pytest.fixture
def live(app: Flask, scene: Scene) -> Iterator[LiveServer]:
    """The application answering on a port."""
    server = LiveServer(app)
    yield server
    server.stop()


@pytest.fixture
def follower(app: Flask, scene: Scene, live: LiveServer) -> Iterator[Callable[..., Follower]]:
    """Open a page: `follower(scene.leonie)`; all are closed at the end."""
    opened: list[Follower] = []

    def open_for(user: Any = None, session_id: Any = None, **cookies: str) -> Follower:
        found = cookies_of(app, user) if user is not None else cookies
        one = Follower(live.url, found, session_id or scene.day.id)
        opened.append(one)
        return one

    yield open_for
    for one in opened:
        one.leave()
