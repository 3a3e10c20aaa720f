"""What the page of an action says of the decision from which it came."""

import uuid

from commission_app.accounts.models import User
from commission_app.followup.origins import Origin, origin_from
from commission_app.sessions.decisions.queries import readable_decision


@origin_from
def tell_origin(actor: User, decision_id: uuid.UUID) -> Origin | None:
    """The words of the decision, for who may read them."""
    decision = readable_decision(actor, decision_id)
    if decision is None:
        return None
    title = f"Décision n° {decision.number} : {decision.kind.label}"
    return Origin(title, decision.text, decision.decided_at)
