"""Proposing a point for the agenda, and declining one."""

import uuid

from commission_app.accounts.models import User
from commission_app.core.db import db
from commission_app.core.errors import InvalidInputError
from commission_app.core.events import record
from commission_app.core.policies import require
from commission_app.core.states import expect
from commission_app.sessions.agenda.models import AgendaProposal
from commission_app.sessions.agenda.policies import can_handle_proposal, can_propose_point
from commission_app.sessions.states import ItemKind, ProposalState

PROPOSABLE = (ItemKind.MODEL, ItemKind.NEW_ACTION, ItemKind.OFFER, ItemKind.NEWS)


def propose_point(
    actor: User, territory_id: uuid.UUID, *, kind: ItemKind, title: str, text: str = "", minutes: int = 20
) -> AgendaProposal:
    """Propose a model, a new action, an offer to share or news for a territory's commission.

    Members, référents and coordination of the territory may; refused for any other kind of point.
    """
    require(can_propose_point(actor, territory_id))
    if kind not in PROPOSABLE:
        raise InvalidInputError("Choisissez ce que vous proposez.", field="kind")
    proposal = AgendaProposal(
        territory_id=territory_id, author=actor, kind=kind, title=title, text=text, minutes=minutes
    )
    db.session.add(proposal)
    record(actor, "proposal_made", proposal, kind=kind.value)
    return proposal


def decline_proposal(actor: User, proposal: AgendaProposal) -> None:
    """Put a proposal aside: the coordination may, or its author taking it back; refused once it is placed."""
    require(can_handle_proposal(actor, proposal))
    expect(proposal.state, {ProposalState.WAITING}, "Cette proposition est déjà inscrite ou écartée.")
    proposal.state = ProposalState.DECLINED
    record(actor, "proposal_declined", proposal)
