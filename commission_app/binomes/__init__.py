"""Cadre–technicien pairs, absences, urgent requests."""

from flask import Flask


def register(app: Flask) -> None:
    """Give the feature its pages, its mails and its jobs."""
    from commission_app.binomes import routes
    from commission_app.binomes.absences import routes as absences
    from commission_app.binomes.urgent import notifications  # noqa: F401
    from commission_app.binomes.urgent import routes as urgent

    app.register_blueprint(routes.bp)
    app.register_blueprint(absences.bp)
    app.register_blueprint(urgent.bp)
