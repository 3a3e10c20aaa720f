"""The common template, the person, agreement, exchange, fiche relais."""

from flask import Flask


def register(app: Flask) -> None:
    """Give the feature its pages, its mails and its jobs."""
    from commission_app.dossiers import notifications, routes  # noqa: F401
    from commission_app.dossiers.agreement import notifications as clock  # noqa: F401
    from commission_app.dossiers.person import notifications as readings  # noqa: F401
    from commission_app.dossiers.retention import notifications as retention  # noqa: F401
    from commission_app.dossiers.rights import notifications as rights  # noqa: F401

    app.register_blueprint(routes.bp)
