"""JSON lines that tell what the server did and never whom it was about.

Libraries log in their own way, quoting addresses, parameters of statements and what somebody typed: of their
lines only the place is kept.
"""

import logging
import sys
import threading
import time
from collections.abc import MutableMapping
from typing import Any

import structlog
from flask import Flask, Response, g, request

from commission_app.core.config import Config

#: They write a line a request or a packet, with its address or its content.
PLACES = 8
TALKATIVE = ("werkzeug", "engineio", "socketio", "sqlalchemy")


def init_logs(app: Flask, config: Config) -> None:
    """One line a request: method, endpoint, status, milliseconds. Never a path, an address or a form."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _exception_without_values,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[config.log_level]),
    )
    keep_places_alone(logging.getLogger())
    for name in TALKATIVE:
        logging.getLogger(name).setLevel(logging.ERROR)
    log = structlog.get_logger()

    @app.before_request
    def begin() -> None:
        g.begun = time.perf_counter()

    @app.after_request
    def end(response: Response) -> Response:
        spent = (time.perf_counter() - g.begun) * 1000 if "begun" in g else 0.0
        if request.endpoint != "static":
            log.info(
                "request",
                method=request.method,
                endpoint=request.endpoint or "none",
                status=response.status_code,
                ms=round(spent, 1),
            )
        return response


class Places(logging.Handler):
    """Turns the line of a library into one of ours: which library, where in it, which kind of error."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)

    def emit(self, record: logging.LogRecord) -> None:
        """Leave out the message: it may quote an address, a parameter or a text."""
        structlog.get_logger().log(
            record.levelno,
            "library",
            library=record.name,
            line=f"{record.module}:{record.lineno}",
            exc_info=record.exc_info,
        )


def keep_places_alone(logger: logging.Logger) -> None:
    """Have a logger of the standard library write through `Places` and through nothing of its own making."""
    if any(isinstance(handler, Places) for handler in logger.handlers):
        return
    for handler in list(logger.handlers):
        if type(handler) is logging.StreamHandler:
            logger.removeHandler(handler)
    logger.addHandler(Places())


def watch_process() -> None:
    """For a process that serves: a thread that breaks says where, not what it held in its hands."""
    for name in ("gunicorn.error", "gunicorn.access"):
        keep_places_alone(logging.getLogger(name))
    threading.excepthook = _thread_broke


def _thread_broke(broke: threading.ExceptHookArgs) -> None:
    structlog.get_logger().error("thread_broke", exc_info=broke.exc_value)


def _exception_without_values(
    _logger: Any, _name: str, line: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """Keep the type and the place of an exception; its message may quote what somebody typed."""
    info = line.pop("exc_info", None)
    if not info:
        return line
    if info is True:
        info = sys.exc_info()
    error = info[1] if isinstance(info, tuple) else info
    if error is not None:
        line["error"] = type(error).__name__
        line["at"] = _places(error)
    return line


def _places(error: BaseException) -> list[str]:
    """The last lines of our own code that led there, then the very last."""
    found, own, trace = [], [], error.__traceback__
    while trace is not None:
        found.append(f"{trace.tb_frame.f_globals.get('__name__', '?')}:{trace.tb_lineno}")
        if "site-packages" not in trace.tb_frame.f_code.co_filename:
            own.append(found[-1])
        trace = trace.tb_next
    return list(dict.fromkeys([*own[-PLACES:], *found[-1:]]))
