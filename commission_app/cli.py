"""Commands of the operator: arguments, one service call, commit.

`flask --app commission_app --help` lists them; `python -m commission_app.cli --help` does the same.
"""

import sys
import threading

import click
from flask import Flask, current_app
from flask.cli import FlaskGroup, with_appcontext

from commission_app import create_app
from commission_app.accounts.mail_watch.services import retry_jobs
from commission_app.accounts.passwords import expect_good_password, password_hash
from commission_app.accounts.people.services import create_administrator
from commission_app.core.config import Config
from commission_app.core.db import commit
from commission_app.core.errors import DomainError
from commission_app.core.outbox import run_due, start_worker
from commission_app.core.trace_commands import trace
from commission_app.core.vault.commands import keys
from commission_app.dossiers.retention.commands import dossiers
from commission_app.territories.services import load_communes


@click.command("check-config")
def check_config() -> None:
    """Say whether a server may start with this environment; end with 1 when it must not."""
    problems = Config.from_env().problems()
    for problem in problems:
        click.echo(problem, err=True)
    if problems:
        sys.exit(1)
    click.echo("La configuration est saine.")


@click.command("create-admin")
@click.argument("email")
@click.option("--first-name", prompt="Prénom")
@click.option("--last-name", prompt="Nom")
@click.option("--password", envvar="ADMIN_PASSWORD", default="", help="Sans lui, une invitation part.")
@with_appcontext
def create_admin(email: str, first_name: str, last_name: str, password: str) -> None:
    """Make an administrator of the whole département."""
    try:
        if password:
            expect_good_password(password, email=email)
        stored = password_hash(password) if password else ""
        names = {"first_name": first_name, "last_name": last_name}
        create_administrator(None, email=email, password_hash=stored, **names)
    except DomainError as refused:
        raise click.ClickException(refused.message) from None
    commit()
    click.echo("Le compte est ouvert." if password else "Le compte est prêt, l’invitation attend le facteur.")


@click.command("load-communes")
@click.argument("departements", nargs=-1)
@with_appcontext
def load_communes_of(departements: tuple[str, ...]) -> None:
    """Bring the communes of départements up to date (13 when none is named)."""
    try:
        count = load_communes(None, departements=departements or ("13",))
    except DomainError as refused:
        raise click.ClickException(refused.message) from None
    commit()
    click.echo(f"{count} communes.")


@click.command("run-worker")
@click.option("--once", is_flag=True, help="Faire ce qui est dû, puis finir.")
@with_appcontext
def run_worker(once: bool) -> None:
    """Do the jobs of the outbox, until told to stop."""
    if once:
        click.echo(f"{run_due()} tâches.")
        return
    stop = start_worker(current_app._get_current_object())  # type: ignore[attr-defined]
    try:
        threading.Event().wait()
    finally:
        stop()


@click.command("retry")
@with_appcontext
def retry() -> None:
    """Try the late and abandoned jobs again, mails first of all."""
    count = retry_jobs(None)
    commit()
    click.echo(f"{count} tâches à nouveau dues.")


@click.command("verify-register")
@with_appcontext
def verify_register() -> None:
    """Verify the chain of the register of decisions; end with 1 when it was tampered with."""
    from commission_app.sessions.decisions.register import verify

    broken = verify()
    if broken is not None:
        raise click.ClickException(f"Décision {broken.decision.id} : {broken.reason}")
    click.echo("Le registre est intact.")


COMMANDS = (create_admin, load_communes_of, run_worker, retry, verify_register, keys, trace, dossiers)


def init_cli(app: Flask) -> None:
    """Give the application its commands."""
    for command in (check_config, *COMMANDS):
        app.cli.add_command(command)


main = FlaskGroup(create_app=create_app, add_default_commands=False, add_version_option=False)
main.add_command(check_config)  # answers even where no application can be built

if __name__ == "__main__":
    main()
