"""A request as one person sees it: the relay, and what that person may do now."""

from dataclasses import dataclass

from commission_app.accounts.models import User
from commission_app.binomes.models import UrgentRequest
from commission_app.binomes.states import URGENT_TRANSITIONS, UrgentLevel, UrgentState
from commission_app.binomes.urgent.policies import (
    can_answer_request,
    can_close_request,
    can_pass_on_request,
    can_take_request,
)
from commission_app.binomes.urgent.relay import Step, steps_of, waiting_words


@dataclass(frozen=True)
class RequestView:
    """What the fragment of a request shows to one person."""

    asked: UrgentRequest
    steps: list[Step]
    waiting: str
    may_take: bool
    may_pass_on: bool
    may_answer: bool
    may_close: bool

    @property
    def next_words(self) -> str:
        """What passing on means now."""
        to_come = {step.title for step in self.steps if step.moment == "next"}
        return "Passer au cadre" if UrgentLevel.CADRE.label in to_come else "Passer à la coordination"


def shown(actor: User, request: UrgentRequest) -> RequestView:
    """The request with what the actor may do to it in its present state."""
    is_waiting = request.state is UrgentState.ASKED
    return RequestView(
        request,
        steps_of(request),
        waiting_words(request),
        may_take=is_waiting and can_take_request(actor, request),
        may_pass_on=is_waiting
        and request.level is not UrgentLevel.COORDINATION
        and can_pass_on_request(actor, request),
        may_answer=request.state is UrgentState.TAKEN and can_answer_request(actor, request),
        may_close=URGENT_TRANSITIONS.allows(request.state, "close") and can_close_request(actor, request),
    )
