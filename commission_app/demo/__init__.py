"""The demonstration: invented people and situations, and a door for each of them."""

from flask import Flask

from commission_app.core.config import Config


def load(app: Flask) -> None:
    """Put the demonstration into an empty database; see loading.load."""
    from commission_app.demo import loading

    loading.load(app)


def register(app: Flask) -> None:
    """Open the doors of the demonstration, in demo mode alone: elsewhere their addresses do not exist."""
    config: Config = app.extensions["commission_config"]
    if config.demo_mode:
        from commission_app.demo.routes import bp

        app.register_blueprint(bp)
