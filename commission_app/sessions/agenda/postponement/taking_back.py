"""A postponement that is taken back: the point stands on its day again."""

from sqlalchemy import select

from commission_app.accounts.models import User
from commission_app.core.db import db
from commission_app.core.errors import WrongStateError
from commission_app.core.events import record
from commission_app.core.policies import require
from commission_app.core.states import expect
from commission_app.dossiers.services import take_dossier_back
from commission_app.dossiers.states import DossierState
from commission_app.sessions.agenda.models import AgendaItem
from commission_app.sessions.agenda.policies import can_postpone_item
from commission_app.sessions.states import ItemState, ProposalState


def take_item_back(actor: User, item: AgendaItem) -> None:
    """The point waits again on the day that postponed it, and leaves the day to which it went.

    Refused when it is not postponed, or when the other day has already dealt with it.
    """
    require(can_postpone_item(actor, item.commission_session))
    expect(item.state, {ItemState.POSTPONED}, "Ce point n’est pas reporté.")
    _leave_the_other_day(item)
    item.state = ItemState.WAITING
    item.postponed_to, item.postponed_reason = None, ""
    if item.dossier is not None and item.dossier.state is DossierState.POSTPONED:
        take_dossier_back(actor, item.dossier)
    if item.proposal is not None:
        item.proposal.state = ProposalState.PLACED
    record(actor, "item_taken_back", item)


def _leave_the_other_day(item: AgendaItem) -> None:
    query = select(AgendaItem).where(
        AgendaItem.followed_item_id == item.id,
        AgendaItem.commission_session_id != item.commission_session_id,
    )
    for placed in db.session.scalars(query):
        if placed.state is not ItemState.WAITING:
            raise WrongStateError(f"« {item.name} » a déjà été vu à une autre session.")
        db.session.delete(placed)
