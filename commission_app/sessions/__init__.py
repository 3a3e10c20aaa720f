"""Calendar, convening, attendance, agenda, the day, decisions, minutes."""

from importlib import import_module
from importlib.util import find_spec

from flask import Flask

PARTS = (
    "sessions",
    "sessions.calendar",
    "sessions.calendar.feeds",
    "sessions.facilitation",
    "sessions.programme",
    "sessions.convening",
    "sessions.convening.guests",
    "sessions.agenda",
    "sessions.day",
    "sessions.decisions",
    "sessions.decisions.paper",
    "sessions.decisions.telling",
    "sessions.minutes",
    "sessions.forgetting",
)


def register(app: Flask) -> None:
    """Give the feature and each of its parts their pages, their mails and their jobs."""
    for part in PARTS:
        _register_part(app, f"commission_app.{part}")


def _register_part(app: Flask, package: str) -> None:
    if find_spec(f"{package}.notifications"):
        import_module(f"{package}.notifications")
    if find_spec(f"{package}.routes"):
        app.register_blueprint(import_module(f"{package}.routes").bp)
