"""Commands on the end of dossiers."""

from collections.abc import Callable

import click
from flask import current_app
from flask.cli import with_appcontext

from commission_app.core import french
from commission_app.core.config import Config
from commission_app.core.db import commit
from commission_app.core.errors import DomainError
from commission_app.core.retention import forget_what_is_due
from commission_app.dossiers.models import Dossier
from commission_app.dossiers.retention.queries import (
    OVER,
    announced_next,
    come_back_from_a_backup,
    dossier_with_code,
    erased_next,
)
from commission_app.dossiers.retention.services import NOT_OVER, erase_again, erase_dossier

MOST = 100_000


@click.group("dossiers")
def dossiers() -> None:
    """Les dossiers arrivés à leur terme."""


@dossiers.command("erase")
@click.option("--dry-run", is_flag=True, help="Dire ce qui serait annoncé et effacé, sans rien faire.")
@click.option("--code", default="", help="Un dossier clos ou retiré, à la demande de la personne.")
@with_appcontext
def erase(dry_run: bool, code: str) -> None:
    """Erase the dossiers whose time is over and whose référent was told, what an older backup brought back,
    and whatever else has an end; each code is printed, the rest counted.

    A dry run also lists the dossiers that the day's work would announce to their référents.
    """
    due, back = ([_named(code)], []) if code else (_due(), come_back_from_a_backup())
    for dossier, erases in (*((one, erase_dossier) for one in due), *((one, erase_again) for one in back)):
        click.echo(_line(dossier, "à effacer") if dry_run else dossier.code)
        if not dry_run:
            _try(erases, dossier)
    commit()
    count = len(due) + len(back)
    click.echo(f"{count} à effacer." if dry_run else f"{count} effacés.")
    if dry_run and not code:
        _list_announced()
    if not code:
        _forget_the_rest(dry_run=dry_run)


def _line(dossier: Dossier, what: str) -> str:
    """« ARL-2024-003, clos depuis le 12/10/2024 : à effacer »."""
    since = french.numeric_date(dossier.state_since)
    return f"{dossier.code}, {dossier.state.label.lower()} depuis le {since} : {what}"


def _list_announced() -> None:
    config = _config()
    announced = announced_next(config.retention_months, config.erasure_notice_days, limit=MOST)
    for dossier in announced:
        click.echo(_line(dossier, f"à annoncer, effacé au moins {config.erasure_notice_days} jours après"))
    click.echo(f"{len(announced)} à annoncer aux référents d’étape.")


def _forget_the_rest(*, dry_run: bool) -> None:
    for label, number in forget_what_is_due(dry_run=dry_run).items():
        click.echo(f"{label} : {number} à effacer." if dry_run else f"{label} : {number} effacés.")
    commit()


def _config() -> Config:
    config: Config = current_app.extensions["commission_config"]
    return config


def _due() -> list[Dossier]:
    return erased_next(_config().retention_months, _config().erasure_notice_days, limit=MOST)


def _named(code: str) -> Dossier:
    dossier = dossier_with_code(code)
    if dossier is None:
        raise click.ClickException(f"Aucun dossier {code} à effacer.")
    if dossier.state not in OVER:
        raise click.ClickException(NOT_OVER)
    return dossier


def _try(erases: Callable[[None, Dossier], None], dossier: Dossier) -> None:
    try:
        erases(None, dossier)
    except DomainError as refused:
        raise click.ClickException(refused.message) from None
