"""Commission SPIE: from the year's calendar to the last followed action."""

from importlib import import_module

from flask import Flask

from commission_app.core import contact, health, mail, trace  # noqa: F401  (a commit seals the trace)
from commission_app.core.addresses import Application
from commission_app.core.assets import init_assets
from commission_app.core.components import ComponentTemplate
from commission_app.core.config import ROOT, Config
from commission_app.core.db import init_db
from commission_app.core.french import init_french
from commission_app.core.logs import init_logs
from commission_app.core.vault.store import init_vault
from commission_app.core.vocabulary import words_of
from commission_app.core.web import init_web

FEATURES = (
    "territories",
    "accounts",
    "binomes",
    "library",
    "dossiers",
    "offers",
    "followup",
    "sessions",
    "indicators",
    "home",
    "realtime",
    "demo",
)


def create_app(config: Config | None = None) -> Flask:
    """Build the application from its settings; raises ConfigError when they must not start a server."""
    config = config or Config.from_env()
    config.check()
    app = Application("commission_app", static_folder=None, template_folder=str(ROOT / "templates"))
    app.extensions["commission_config"] = config
    app.extensions["commission_words"] = words_of(config.vocabulary)
    app.extensions["commission_mail"] = mail.backend_of(config)
    app.jinja_env.globals.update(words=app.extensions["commission_words"], demo_mode=config.demo_mode)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.template_class = ComponentTemplate
    init_logs(app, config)
    init_vault(app, config)
    init_db(app, config)
    init_web(app, config)
    init_assets(app)
    init_french(app)
    app.register_blueprint(health.bp)
    app.register_blueprint(contact.bp)
    for feature in FEATURES:
        import_module(f"commission_app.{feature}").register(app)
    import_module("commission_app.cli").init_cli(app)
    return app
