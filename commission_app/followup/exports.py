"""The list of actions as a file."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from commission_app.core import clock
from commission_app.core.tables import Row, csv_of, xlsx_of
from commission_app.followup.models import Action

COLUMNS = (
    "Territoire", "État", "Retard (jours)", "Action", "Structure", "Personne", "Pour le", "Faite le",
    "Dossier", "Motif d’abandon",
)  # fmt: skip


def action_rows(actions: Iterable[Action], codes: Mapping[UUID, str]) -> list[Row]:
    """What the list shows, a line an action; a code only where its reader may know it."""
    return [_row(action, codes) for action in actions]


def file_of(actions: Iterable[Action], codes: Mapping[UUID, str], extension: str) -> bytes:
    """The file in one of the two formats."""
    rows = action_rows(actions, codes)
    return csv_of(COLUMNS, rows) if extension == "csv" else xlsx_of([("Actions", COLUMNS, rows)])


def _row(action: Action, codes: Mapping[UUID, str]) -> Row:
    late = (clock.today() - action.due_on).days if action.is_late else None
    done_on = clock.local(action.done_at).date() if action.done_at is not None else None
    return (
        action.territory.name,
        action.state.label,
        late,
        action.title,
        action.structure.name,
        action.owner.full_name if action.owner is not None else "",
        action.due_on,
        done_on,
        codes.get(action.dossier_id, "") if action.dossier_id is not None else "",
        action.why_dropped,
    )
