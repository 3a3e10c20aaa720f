"""Commands on the trace of what happened."""

import click
from flask.cli import with_appcontext

from commission_app.core.trace import head, link_at, verify_trace


@click.group("trace")
def trace() -> None:
    """La trace des lectures et des changements."""


@trace.command("verify")
@click.option("--known", default="", help="Une entrée notée ailleurs, numéro:empreinte.")
@with_appcontext
def verify(known: str) -> None:
    """Verify the chain of the trace; end with 1 and the first broken entry when it was tampered with.

    An entry that was noted elsewhere (each day in the log) must still be there: nothing was cut off.
    """
    broken = verify_trace()
    if broken is not None:
        raise click.ClickException(f"Entrée {broken.number} de la trace : {broken.reason}")
    if known and not _is_there(known):
        raise click.ClickException(
            f"L’entrée {known} n’est plus dans la trace : la fin a été coupée ou refaite."
        )
    last = head()
    click.echo(f"La trace est intacte : {last.number} entrées, la dernière {last.number}:{last.digest}")


def _is_there(known: str) -> bool:
    number, _, digest = known.partition(":")
    found = link_at(int(number)) if number.isdigit() else None
    return found is not None and found.digest == digest
