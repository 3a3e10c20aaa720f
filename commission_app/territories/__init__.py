"""Territories, communes and structures."""

from flask import Flask


def register(app: Flask) -> None:
    """Give the feature its pages; files that browsers send are read in memory alone."""
    from commission_app.territories import routes
    from commission_app.territories.imports import routes as imports
    from commission_app.territories.imports.requests import MemoryRequest
    from commission_app.territories.structures import routes as structures

    app.request_class = MemoryRequest
    for module in (routes, structures, imports):
        app.register_blueprint(module.bp)
