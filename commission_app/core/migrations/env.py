"""Runs migrations on the database of an application, inside its engine."""

import pkgutil
from importlib import import_module

from alembic import context
from flask import Flask

import commission_app
from commission_app.core.db import db


def import_models() -> None:
    """Load every `models` module, so that the metadata is whole."""
    for module in pkgutil.walk_packages(commission_app.__path__, "commission_app."):
        if module.name.endswith(".models") or module.name in {
            "commission_app.core.events",
            "commission_app.core.outbox",
            "commission_app.core.trace",
        }:
            import_module(module.name)


def run() -> None:
    """Migrate in one transaction; SQLite rebuilds tables where it cannot alter them."""
    app: Flask = context.config.attributes["app"]
    import_models()
    with app.app_context(), db.engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=db.metadata,
            render_as_batch=connection.dialect.name == "sqlite",
            compare_type=True,
        )
        with context.begin_transaction():
            context.run_migrations()
        connection.commit()


run()
