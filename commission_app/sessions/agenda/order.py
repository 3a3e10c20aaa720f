"""The places of the points of a day."""

from collections.abc import Iterable

from commission_app.sessions.agenda.models import AgendaItem


def renumber(items: Iterable[AgendaItem]) -> None:
    """Give the points the places of this order; those that keep theirs are not touched."""
    for position, item in enumerate(items):
        if item.position != position:
            item.position = position
