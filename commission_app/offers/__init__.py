"""Insertion offers and their prescriptions."""

from flask import Flask


def register(app: Flask) -> None:
    """Give the feature its pages, its mails and its jobs."""
    from commission_app.offers import routes
    from commission_app.offers.answers import routes as answers
    from commission_app.offers.inclusion import routes as inclusion
    from commission_app.offers.prescriptions import routes as prescriptions

    app.register_blueprint(routes.bp)
    app.register_blueprint(answers.bp)
    app.register_blueprint(inclusion.bp)
    app.register_blueprint(prescriptions.bp)
