"""Dashboards that read several features, and the navigation."""

from flask import Flask


def register(app: Flask) -> None:
    """Give the feature its pages and every page its menu."""
    from commission_app.home import own_dossiers  # noqa: F401
    from commission_app.home.navigation import init_navigation
    from commission_app.home.routes import bp

    app.register_blueprint(bp)
    init_navigation(app)
