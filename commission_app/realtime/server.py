"""The Socket.IO server of an application: its settings, who may connect from where, what it refuses."""

import json
import logging
from typing import Any

from flask import Flask
from flask_socketio import SocketIO as _SocketIO

from commission_app.core.config import Config
from commission_app.realtime.bus import Bus
from commission_app.realtime.guard import Guard
from commission_app.realtime.porch import Porch
from commission_app.realtime.transport import MAX_MESSAGE_BYTES, install
from commission_app.realtime.turnstile import Turnstile


class Json:
    """JSON in UTF-8: accents take one or two bytes on the wire, not six."""

    @staticmethod
    def dumps(value: Any, **options: Any) -> str:
        """Write a value."""
        return json.dumps(value, ensure_ascii=False, **options)

    @staticmethod
    def loads(text: str, **options: Any) -> Any:
        """Read a value."""
        return json.loads(text, **options)


#: The stubs of the library lag behind it.
SocketIO: Any = _SocketIO


def init_server(app: Flask) -> Any:
    """Put the server before the application; it is found again in `app.extensions["socketio"]`."""
    config: Config = app.extensions["commission_config"]
    socketio = SocketIO()
    socketio.init_app(
        app,
        async_mode="threading",
        async_handlers=False,  # the events of one client keep their order
        manage_session=False,
        max_http_buffer_size=MAX_MESSAGE_BYTES,
        cors_allowed_origins=_origins(config),
        transports=["polling", "websocket"],
        client_manager=_manager(config),
        json=Json,
        logger=logging.getLogger("socketio"),
        engineio_logger=logging.getLogger("engineio"),
    )
    switchboard = install(socketio.server.eio)
    app.wsgi_app = Porch(Turnstile(app), switchboard.doors)  # type: ignore[method-assign]
    app.extensions["commission_guard"] = Guard(socketio.server)
    return socketio


def server_of(app: Flask) -> Any:
    """The Socket.IO server of an application."""
    return app.extensions["socketio"]


def _manager(config: Config) -> Any:
    """Several processes hear of each other's broadcasts through Redis; one alone needs none."""
    if not config.redis_url:
        return None
    return Bus(config.redis_url, channel="commission", json=Json)


def _origins(config: Config) -> list[str] | None:
    """In production the configured address alone; else the address that the page itself came from."""
    return [config.base_url] if config.production else None
