"""What a start does before serving, and what it says once it serves."""

import argparse
import getpass
import os
import sys
import threading
import webbrowser

from flask import Flask

from commission_app.core.config import Config
from commission_app.core.db import db, upgrade


def prepare(app: Flask, *, empty: bool) -> None:
    """Bring the database up to date and put in what a first start needs; a second start changes nothing."""
    config: Config = app.extensions["commission_config"]
    upgrade(app)
    if config.demo_mode:
        from commission_app.demo import load

        load(app)
    elif empty:
        ensure_administrator(app)
    with app.app_context():
        db.session.remove()
        db.engine.dispose()  # the process that serves opens its own connections


def ensure_administrator(app: Flask) -> None:
    """An installation nobody can enter gets its first administrator, from the environment or at the prompt."""
    raise SystemExit(f"{app.name}: {getpass.getuser()}")


def announce(app: Flask, options: argparse.Namespace) -> None:
    """Say where the platform answers and who may enter the demo, and show it."""
    config: Config = app.extensions["commission_config"]
    print(f"\n  Commission SPIE : {config.base_url}")
    if config.demo_mode:
        print(f"  Essayer chaque rôle : {config.base_url}/demo")
    print("  Arrêter : Ctrl-C\n", flush=True)
    if not options.no_browser and (sys.stdout.isatty() or os.environ.get("DISPLAY")):
        threading.Thread(target=webbrowser.open, args=(config.base_url,), daemon=True).start()
