"""Commands on the keys: draw a master key, wrap anew with it, say what wraps what."""

import click
from flask.cli import with_appcontext

from commission_app.core.vault.house import HOUSE
from commission_app.core.vault.keyring import draw_master_key
from commission_app.core.vault.store import key_store


@click.group("keys")
def keys() -> None:
    """Les clés qui scellent les dossiers."""


@keys.command("draw")
@click.option("--name", default="", help="Le nom de la clé ; à défaut il est tiré au hasard.")
def draw(name: str) -> None:
    """Draw a new master key and print it, to be put first in MASTER_KEYS or in the file of keys."""
    click.echo(draw_master_key(name))


@keys.command("rotate")
@with_appcontext
def rotate() -> None:
    """Wrap every key of a dossier with the current master key; the application goes on meanwhile."""
    count = key_store().rewrap()
    click.echo(f"{count} clés enveloppées par {key_store().keyring.current}.")


@keys.command("status")
@with_appcontext
def status() -> None:
    """Say how many keys each master key wraps, of dossiers and of the house: one that wraps none may be taken
    away."""
    current = key_store().keyring.current
    counts, house = key_store().census(), key_store().census(HOUSE)
    for name in sorted({current, *counts} - {""}):
        note = " (clé en cours)" if name == current else ""
        click.echo(f"{name}{note} : dossiers {counts[name] - house[name]}, maison {house[name]}")
    click.echo(f"détruites : {counts['']}")
