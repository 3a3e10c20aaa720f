"""The common template, the person, agreement, exchange, fiche relais."""

from flask import Flask


def register(app: Flask) -> None:
    """Give the feature its pages, its mails and its jobs."""
