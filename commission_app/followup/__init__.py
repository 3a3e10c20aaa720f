"""Actions and remontées."""

from flask import Flask


def register(app: Flask) -> None:
    """Give the feature its pages, its mails and its jobs."""
    from commission_app.followup import notifications, routes  # noqa: F401
    from commission_app.followup.links import routes as links
    from commission_app.followup.remontees import routes as remontees

    app.register_blueprint(routes.bp)
    app.register_blueprint(links.bp)
    app.register_blueprint(remontees.bp)
