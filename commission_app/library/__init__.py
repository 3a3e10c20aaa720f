"""Lexique, shared documents, models of situations, inventory of commissions."""

from importlib import import_module

from flask import Flask

SUBJECTS = ("lexique", "documents", "situations", "inventory")


def register(app: Flask) -> None:
    """Give the feature its pages, its mails and its jobs."""
    from commission_app.library.blueprint import bp

    for subject in SUBJECTS:
        import_module(f"commission_app.library.{subject}.routes")
    app.register_blueprint(bp)
