"""The demonstration: invented people and situations, and a door for each of them."""

from flask import Flask


def register(app: Flask) -> None:
    """Give the feature its pages, its mails and its jobs."""
