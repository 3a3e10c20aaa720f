"""Who asks, who takes up, who answers, who closes."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import Select, or_, select

from commission_app.accounts.models import User
from commission_app.accounts.states import Role
from commission_app.binomes.models import Binome, UrgentRelay, UrgentRequest
from commission_app.binomes.policies import READERS


def can_ask_urgently(actor: User, binome: Binome) -> bool:
    """Whoever reads the directory of a territory may call its pairs for help."""
    return binome.territory_id in actor.territory_ids(*READERS)


def can_take_request(actor: User, request: UrgentRequest) -> bool:
    """Those asked so far, the coordination of the territory, the pair that is called; never the author."""
    if request.author_id == actor.id:
        return False
    asked = {relay.asked_id for relay in request.relays}
    pair = {request.binome.cadre_id, request.binome.technicien_id}
    return actor.id in asked | pair or coordinates_request(actor, request)


def can_answer_request(actor: User, request: UrgentRequest) -> bool:
    """Who took it up answers."""
    return request.taken_by_id == actor.id


def can_pass_on_request(actor: User, request: UrgentRequest) -> bool:
    """The author and those who may take it up need not wait for the clock."""
    return request.author_id == actor.id or can_take_request(actor, request)


def can_close_request(actor: User, request: UrgentRequest) -> bool:
    """The author, who took it up, and the coordination."""
    is_theirs = actor.id in (request.author_id, request.taken_by_id)
    return is_theirs or coordinates_request(actor, request)


def coordinates_request(actor: User, request: UrgentRequest) -> bool:
    """Whether the person coordinates the territory of the request."""
    return actor.holds(Role.COORDINATOR, request.territory_id)


def visible_requests(actor: User) -> Select[UrgentRequest]:
    """Those of the author, of the people asked, of the pair called and of the territory's coordination."""
    return requests_concerning(actor.id, actor.territory_ids(Role.COORDINATOR))


def requests_concerning(actor_id: Any, coordinated: Collection[Any]) -> Select[UrgentRequest]:
    """The same of a person and the territories that the person coordinates, for a statement built once."""
    asked = select(UrgentRelay.request_id).where(UrgentRelay.asked_id == actor_id)
    own_pairs = select(Binome.id).where(or_(Binome.cadre_id == actor_id, Binome.technicien_id == actor_id))
    return select(UrgentRequest).where(
        or_(
            UrgentRequest.author_id == actor_id,
            UrgentRequest.territory_id.in_(coordinated),
            UrgentRequest.id.in_(asked),
            UrgentRequest.binome_id.in_(own_pairs),
        )
    )
