"""People, roles on territories, sign-in, logins."""

from flask import Flask


def register(app: Flask) -> None:
    """Give the feature its pages, its mails and its jobs."""
