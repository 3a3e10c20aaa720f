"""Choosing between two texts that met in a field."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from commission_app.accounts.models import User
from commission_app.core.errors import NotFoundError
from commission_app.dossiers.fields import TextAreaField
from commission_app.dossiers.models import Dossier
from commission_app.dossiers.parts.forms import PartForm
from commission_app.dossiers.parts.standing import Standing
from commission_app.dossiers.states import ClashOutcome, Part
from commission_app.dossiers.writing.merging import Merged
from commission_app.dossiers.writing.models import Clash
from commission_app.dossiers.writing.queries import open_clash
from commission_app.dossiers.writing.services import settle_clash


@dataclass(frozen=True)
class Choice:
    """What somebody wants to keep of the two texts of a clash."""

    clash: Clash
    outcome: ClashOutcome


def choice_of(dossier: Dossier, part: Part, wish: str) -> Choice:
    """The choice in the words of a button (`<id>:<outcome>`); raises NotFoundError for a clash that waits for
    none in this part."""
    named, _, outcome = wish.partition(":")
    try:
        return Choice(open_clash(dossier.id, part, UUID(named)), ClashOutcome(outcome))
    except ValueError as error:
        raise NotFoundError() from error


def settle(
    actor: User, dossier: Dossier, form: PartForm, standing: Standing, merged: Merged, choice: Choice
) -> set[str]:
    """Put into the field what was chosen of two texts, as they are now, and name the field; none when both
    are to be shown again. The page that chose still shows its own text: what was chosen is not its own."""
    clash, name = choice.clash, choice.clash.field
    here = [met for met in merged.met if met.name == name]
    is_typed = here and clash.page == form.page.data
    mine = form.said(name)[1] if is_typed else clash.mine
    theirs = standing.form.said(name)[1]
    if not settle_clash(actor, dossier, clash, outcome=choice.outcome, theirs=theirs, mine=mine):
        return set()
    merged.met = [met for met in merged.met if met.name != name]
    if clash.is_text:
        _put(merged, name, _chosen(form, choice))
    elif here and choice.outcome is ClashOutcome.MINE:
        _put(merged, name, here[0].mine)
    return {name}


def _chosen(form: PartForm, choice: Choice) -> str:
    """The text that a choice leaves in the field; a field of one line holds no second one."""
    clash = choice.clash
    between = "\n" if isinstance(form[clash.field], TextAreaField) else " / "
    texts = {
        ClashOutcome.MINE: clash.mine,
        ClashOutcome.THEIRS: clash.theirs,
        ClashOutcome.BOTH: between.join(text for text in (clash.theirs, clash.mine) if text),
    }
    return texts[choice.outcome]


def _put(merged: Merged, name: str, value: Any) -> None:
    start, _, key = name.partition(":")
    if key:
        merged.kept[start] = [value if line["key"] == key else line for line in merged.kept[start]]
    else:
        merged.kept[name] = value
    merged.written.append(name)
