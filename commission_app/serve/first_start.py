"""What a start does before serving, and what it says once it serves."""

import argparse
import getpass
import os
import sys
import threading
import webbrowser
from collections.abc import Callable

from flask import Flask
from sqlalchemy import select

from commission_app.accounts.models import User
from commission_app.accounts.passwords import expect_good_password, password_hash
from commission_app.accounts.people.services import create_administrator
from commission_app.core.config import Config
from commission_app.core.db import commit, db, upgrade
from commission_app.core.errors import DomainError
from commission_app.core.vault.store import key_store


def prepare(app: Flask, *, empty: bool) -> None:
    """Bring the database up to date and put in what a first start needs; a second start changes nothing."""
    config: Config = app.extensions["commission_config"]
    upgrade(app)
    if config.demo_mode:
        from commission_app import demo

        demo.load(app)
    with app.app_context():
        if empty and db.session.scalar(select(User.id).limit(1)) is None:
            first_administrator()
        db.session.remove()
        db.engine.dispose()  # the process that serves opens its own connections
        key_store().close()


def first_administrator() -> None:
    """Make the account that makes all others, from ADMIN_EMAIL and ADMIN_PASSWORD or from the prompt."""
    email = _answer("ADMIN_EMAIL", "Adresse électronique de l’administrateur : ", input)
    password = _answer("ADMIN_PASSWORD", "Mot de passe : ", getpass.getpass)
    try:
        expect_good_password(password, email=email)
        hashed = password_hash(password)
        create_administrator(
            None, email=email, first_name="Première", last_name="Administration", password_hash=hashed
        )
        commit()
    except DomainError as refused:
        sys.exit(f"Le compte n’a pas été créé. {refused.message}")


def _answer(variable: str, question: str, ask: Callable[[str], str]) -> str:
    if given := os.environ.get(variable):
        return given
    if not sys.stdin.isatty():
        sys.exit("Indiquez ADMIN_EMAIL et ADMIN_PASSWORD, ou lancez la commande dans un terminal.")
    return ask(question)


def announce(app: Flask, options: argparse.Namespace) -> None:
    """Say where the platform answers and who may enter the demo, and show it."""
    config: Config = app.extensions["commission_config"]
    print(f"\n  Commission SPIE : {config.base_url}")
    if config.demo_mode:
        print(f"  Essayer chaque rôle : {config.base_url}/demo\n")
        print(*(f"    {line}" for line in _people(app)), sep="\n")
    print("\n  Arrêter : Ctrl-C\n", flush=True)
    if not options.no_browser:
        threading.Thread(target=webbrowser.open, args=(config.base_url,), daemon=True).start()


def _people(app: Flask) -> list[str]:
    """The demo people, one a line: who they are and how they sign in."""
    with app.app_context():
        found = select(User).where(User.is_demo).order_by(User.last_name).limit(12)
        people = db.session.scalars(found).unique().all()
        lines = [
            f"{one.full_name:28} {one.job_title or one.structure_name:44.44} {one.email}" for one in people
        ]
        db.session.remove()
        db.engine.dispose()
    return lines
