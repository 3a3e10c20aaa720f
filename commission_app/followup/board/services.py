"""A list that leaves as a file."""

from commission_app.accounts.models import User
from commission_app.core.events import record
from commission_app.followup.board.queries import ActionFilter, first_of, listed
from commission_app.followup.models import Action
from commission_app.territories.models import Territory

EXPORT_LIMIT = 5000


def export_actions(actor: User, territory: Territory, wanted: ActionFilter, *, format: str) -> list[Action]:
    """The actions of a list, to be written into a file; what leaves is noted: who, which list, how many rows.

    Holds what the actor may read, and no more than 5,000 rows.
    """
    actions = first_of(listed(actor, wanted), EXPORT_LIMIT)
    record(actor, "actions_exported", territory, format=format, rows=len(actions))
    return actions
