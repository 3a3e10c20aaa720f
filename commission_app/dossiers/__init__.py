"""The common template, the person, agreement, exchange, fiche relais."""

from flask import Flask


def register(app: Flask) -> None:
    """Give the feature its pages, its mails and its jobs."""
    from commission_app.dossiers import notifications, routes
    from commission_app.dossiers.agreement import notifications as clock_notifications
    from commission_app.dossiers.agreement import routes as agreement
    from commission_app.dossiers.exchange import routes as exchange
    from commission_app.dossiers.fiche_relais import routes as fiche_relais
    from commission_app.dossiers.parts import routes as parts
    from commission_app.dossiers.person import routes as person

    assert notifications
    assert clock_notifications
    for subject in (routes, parts, person, agreement, exchange, fiche_relais):
        app.register_blueprint(subject.bp)
