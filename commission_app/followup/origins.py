"""Where an action comes from: told by the feature that decided it, which followup does not know."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from commission_app.accounts.models import User
from commission_app.followup.models import Action


@dataclass(frozen=True)
class Origin:
    """What was decided, in the words of the decision."""

    title: str
    text: str
    decided_at: datetime


Teller = Callable[[User, uuid.UUID], Origin | None]
_tellers: list[Teller] = []


def origin_from(teller: Teller) -> Teller:
    """Register who knows the decisions: called with (actor, decision_id), it answers None to who may not
    read."""
    if teller not in _tellers:
        _tellers.append(teller)
    return teller


def origin_of(actor: User, action: Action) -> Origin | None:
    """The decision from which an action came, for who may read it; None otherwise."""
    if action.decision_id is None:
        return None
    found = (teller(actor, action.decision_id) for teller in _tellers)
    return next((origin for origin in found if origin is not None), None)
