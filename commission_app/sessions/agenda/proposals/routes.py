"""What participants propose for a day: the form, the list, putting aside."""

import uuid
from typing import Any

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from commission_app.accounts.web import me
from commission_app.core.db import commit
from commission_app.core.errors import NotFoundError
from commission_app.core.web import invalid, see
from commission_app.sessions.agenda.blueprint import bp
from commission_app.sessions.agenda.policies import (
    can_compose_agenda,
    can_handle_proposal,
    proposing_territory_ids,
)
from commission_app.sessions.agenda.proposals.forms import ProposalForm
from commission_app.sessions.agenda.proposals.queries import get_proposal, proposals_on
from commission_app.sessions.agenda.proposals.services import decline_proposal, propose_point
from commission_app.sessions.agenda.queries import territory_ids_of
from commission_app.sessions.models import CommissionSession
from commission_app.sessions.queries import get_session
from commission_app.sessions.states import ItemKind

BASE = "/sessions/<uuid:session_id>/propositions"


@bp.get(BASE)
def proposals(session_id: uuid.UUID) -> ResponseReturnValue:
    """What one proposed for a day, or all that was proposed for who composes it; and the form."""
    day, _territory_id = _proposing(session_id)
    return render_template("agenda/proposals.html", **_shown(day, ProposalForm(formdata=None)))


@bp.post(BASE)
def propose(session_id: uuid.UUID) -> ResponseReturnValue:
    """Propose a point."""
    day, territory_id = _proposing(session_id)
    form = ProposalForm()
    if not form.validate():
        return invalid("agenda/proposals.html", **_shown(day, form))
    values = {**form.payload(), "kind": ItemKind(form.kind.data)}
    propose_point(me(), territory_id, **values)
    commit()
    return see(url_for("agenda.proposals", session_id=day.id), "La coordination a reçu votre proposition.")


@bp.post(f"{BASE}/<uuid:proposal_id>/ecarter")
def decline(session_id: uuid.UUID, proposal_id: uuid.UUID) -> ResponseReturnValue:
    """Put a proposal aside."""
    day, _territory_id = _proposing(session_id)
    decline_proposal(me(), get_proposal(me(), proposal_id))
    commit()
    return see(url_for("agenda.proposals", session_id=day.id), "La proposition est écartée.")


def _proposing(session_id: uuid.UUID) -> tuple[CommissionSession, uuid.UUID]:
    """The day and the territory for which the person proposes: the one that convenes where possible."""
    day = get_session(me(), session_id)
    possible = territory_ids_of(day) & proposing_territory_ids(me())
    if not possible:
        raise NotFoundError()
    return day, day.territory_id if day.territory_id in possible else min(possible)


def _shown(day: CommissionSession, form: ProposalForm) -> dict[str, Any]:
    found = proposals_on(me(), territory_ids_of(day))
    return {
        "day": day,
        "form": form,
        "proposals": found,
        "can_compose": can_compose_agenda(me(), day),
        "may_decline": {proposal.id for proposal in found if can_handle_proposal(me(), proposal)},
    }
