"""People, roles on territories, sign-in, logins."""

from importlib import import_module

from flask import Flask

SUBJECTS = ("signin", "links", "profile", "people", "roles", "mail_watch")


def register(app: Flask) -> None:
    """Give the feature its pages, its mails and its jobs; from here on every page asks who you are."""
    from commission_app.accounts import notifications  # noqa: F401  (its followers register themselves)
    from commission_app.accounts.guard import init_guard

    init_guard(app)
    for subject in SUBJECTS:
        app.register_blueprint(import_module(f"commission_app.accounts.{subject}.routes").bp)
