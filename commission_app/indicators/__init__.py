"""Figures across features."""

from flask import Flask


def register(app: Flask) -> None:
    """Give the feature its pages."""
    from commission_app.indicators import routes

    app.register_blueprint(routes.bp)
