"""What the coordination does to the agenda of a day: place, move, resize, remove, rearrange its points.

A dossier becomes « inscrit » when it is placed, not when the agenda is published: from then on no other
session can place it too, and its référent sees at once that it is on its way.
"""

import uuid

from commission_app.accounts.models import User
from commission_app.core.db import db
from commission_app.core.errors import InvalidInputError, StaleError, WrongStateError
from commission_app.core.events import record
from commission_app.core.policies import require
from commission_app.core.states import expect
from commission_app.dossiers.models import Dossier
from commission_app.dossiers.services import retain_again, schedule_dossier, unschedule_dossier
from commission_app.dossiers.states import DossierState
from commission_app.followup.models import Action
from commission_app.sessions.agenda.arrangement import Arrangement
from commission_app.sessions.agenda.frame import frame_of
from commission_app.sessions.agenda.models import AgendaItem, AgendaProposal
from commission_app.sessions.agenda.order import renumber
from commission_app.sessions.agenda.policies import COMPOSABLE, can_compose_agenda, can_postpone_item
from commission_app.sessions.agenda.postponement.services import postpone_item, review_item
from commission_app.sessions.agenda.queries import items_of, territory_ids_of
from commission_app.sessions.agenda.schedule import first_room
from commission_app.sessions.agenda.waiting.queries import NOT_TOPICS, continuing_topics, last_postponements
from commission_app.sessions.models import CommissionSession
from commission_app.sessions.states import ItemKind, ItemState, ProposalState, SessionState

__all__ = [
    "add_point",
    "arrange_agenda",
    "continue_topic",
    "move_item",
    "place_action",
    "place_dossier",
    "place_proposal",
    "postpone_item",
    "remove_item",
    "resize_item",
    "review_item",
    "set_recurring",
    "start_agenda",
]

BEGUN = "La journée est en direct : les co-animateurs réorganisent la suite depuis leur pupitre."
ACTION_MINUTES = 10
SHORTEST_MINUTES, LONGEST_MINUTES = 10, 300


def start_agenda(actor: User, day: CommissionSession) -> list[AgendaItem]:
    """Begin the agenda with the frame of the day's programme: welcome, follow-up, breaks, lunch, closing.

    Refused once the day has points.
    """
    _require_composing(actor, day)
    if items_of(day):
        raise WrongStateError("La journée a déjà des points.")
    items = frame_of(day)
    db.session.add_all(items)
    record(actor, "agenda_started", day, count=len(items))
    return items


def place_dossier(actor: User, day: CommissionSession, dossier: Dossier) -> AgendaItem:
    """Put a retained dossier on the agenda, presented by its référent, for the minutes it asks for.

    A dossier that an earlier session postponed is retained again by this act, whichever territory of the
    session it is of. Refused for a dossier of a territory that does not share it or in another state.
    """
    _require_composing(actor, day)
    if dossier.territory_id not in territory_ids_of(day):
        raise InvalidInputError("Ce dossier n’est pas d’un territoire de cette session.")
    if dossier.state is DossierState.POSTPONED:
        retain_again(actor, dossier)
    schedule_dossier(actor, dossier)
    earlier = last_postponements([dossier.id]).get(dossier.id)
    item = AgendaItem(
        kind=ItemKind.DOSSIER,
        dossier=dossier,
        presenter_id=dossier.referent_id,
        planned_minutes=_in_steps(dossier.minutes_needed),
        followed_item=earlier,
    )
    return _place(actor, day, item)


def place_proposal(actor: User, day: CommissionSession, proposal: AgendaProposal) -> AgendaItem:
    """Put what a participant proposed on the agenda; refused when it was placed or declined meanwhile."""
    _require_composing(actor, day)
    if proposal.territory_id not in territory_ids_of(day) or proposal.state is not ProposalState.WAITING:
        raise WrongStateError("Cette proposition n’attend plus.")
    proposal.state = ProposalState.PLACED
    item = AgendaItem(
        kind=proposal.kind,
        title=proposal.title,
        text=proposal.text,
        planned_minutes=_in_steps(proposal.minutes),
        proposal=proposal,
        presenter_id=proposal.author_id,
    )
    return _place(actor, day, item)


def place_action(actor: User, day: CommissionSession, action: Action) -> AgendaItem:
    """Make an open action of an earlier session a point of its own; refused when it is one already."""
    _require_composing(actor, day)
    if action.territory_id not in territory_ids_of(day):
        raise InvalidInputError("Cette action n’est pas d’un territoire de cette session.")
    if any(item.action_id == action.id for item in items_of(day)):
        raise WrongStateError("Cette action est déjà un point de la journée.")
    item = AgendaItem(
        kind=ItemKind.FOLLOW_UP,
        title=action.title[:200],
        planned_minutes=ACTION_MINUTES,
        action_id=action.id,
    )
    return _place(actor, day, item)


def continue_topic(actor: User, day: CommissionSession, topic_id: uuid.UUID) -> AgendaItem:
    """Take up again a topic that an earlier session left open; refused once it is taken up elsewhere."""
    _require_composing(actor, day)
    topic = next((topic for topic in continuing_topics(day) if topic.id == topic_id), None)
    if topic is None:
        raise WrongStateError("Ce sujet n’attend plus.")
    return review_item(actor, topic, to=day)


def add_point(actor: User, day: CommissionSession, *, kind: ItemKind, title: str, minutes: int) -> AgendaItem:
    """Add a point that comes from nowhere else; situations come from dossiers alone."""
    _require_composing(actor, day)
    if kind is ItemKind.DOSSIER:
        raise InvalidInputError("Une situation se place depuis son dossier.", field="kind")
    return _place(actor, day, AgendaItem(kind=kind, title=title, planned_minutes=_in_steps(minutes)))


def remove_item(actor: User, item: AgendaItem, *, version: int) -> None:
    """Take a waiting point off the day; its dossier or proposal waits again."""
    day = item.commission_session
    _require_arranging(actor, day)
    _expect_waiting(item, version)
    if item.dossier is not None and item.dossier.state is DossierState.SCHEDULED:
        unschedule_dossier(actor, item.dossier)
    if item.proposal is not None:
        item.proposal.state = ProposalState.WAITING
    record(actor, "item_removed", day, kind=item.kind.value)
    db.session.delete(item)
    renumber([other for other in items_of(day) if other is not item])


def resize_item(actor: User, item: AgendaItem, *, minutes: int, version: int) -> None:
    """Give a point another length, from 10 to 300 minutes in steps of five; refused on a stale version."""
    _require_arranging(actor, item.commission_session)
    _expect_waiting(item, version)
    item.planned_minutes = _in_steps(minutes)
    record(actor, "item_resized", item, minutes=item.planned_minutes)


def move_item(actor: User, item: AgendaItem, *, to: int, version: int) -> None:
    """Move a waiting point to a place in the order (0 is first; beyond the end is last).

    A point never goes before one that is running or done.
    """
    day = item.commission_session
    _require_arranging(actor, day)
    _expect_waiting(item, version)
    others = [other for other in items_of(day) if other is not item]
    passed = sum(other.state in (ItemState.DONE, ItemState.LIVE) for other in others)
    place = max(passed, min(to, len(others)))
    renumber([*others[:place], item, *others[place:]])
    record(actor, "item_moved", item, place=place)


def arrange_agenda(actor: User, day: CommissionSession, arrangement: Arrangement, *, reason: str) -> None:
    """Apply what the assistant proposed and the coordination accepted: order, lengths, a point postponed."""
    _require_arranging(actor, day)
    for item in arrangement.order:
        item.planned_minutes = arrangement.minutes.get(item.id, item.planned_minutes)
    if (point := arrangement.postponed) is not None and arrangement.target is not None:
        postpone_item(actor, point, to=arrangement.target, reason=reason)
    elif point is not None:
        remove_item(actor, point, version=point.version)
    kept = {item.id for item in arrangement.order}
    gone = [item for item in items_of(day) if item.id not in kept and item.state is not ItemState.WAITING]
    renumber([*gone, *arrangement.order])
    record(actor, "agenda_arranged", day, count=len(arrangement.order))


def set_recurring(actor: User, item: AgendaItem, *, is_recurring: bool) -> None:
    """Have a topic come back at each session, or no more; the coordination and the facilitators may.

    Refused for a situation, which is seen again by a choice each time, and for a break.
    """
    require(can_postpone_item(actor, item.commission_session))
    if item.dossier_id is not None or item.kind in NOT_TOPICS:
        raise WrongStateError("Seul un sujet de travail revient à chaque session.")
    item.is_recurring = is_recurring
    record(actor, "item_recurrence_set", item, recurring=is_recurring)


def _place(actor: User, day: CommissionSession, item: AgendaItem) -> AgendaItem:
    """Before the first break that leaves enough room, else at the end of the day, before its closing."""
    items = items_of(day)
    is_closed = bool(items) and items[-1].kind is ItemKind.CLOSING
    place = first_room(items, day, item.planned_minutes)
    place = len(items) - is_closed if place is None else place
    item.commission_session = day
    item.position = len(items)
    db.session.add(item)
    renumber([*items[:place], item, *items[place:]])
    record(actor, "item_placed", item, kind=item.kind.value)
    return item


def _require_composing(actor: User, day: CommissionSession) -> None:
    require(can_compose_agenda(actor, day))
    expect(day.state, COMPOSABLE, "Cette session est close ou annulée : son ordre du jour ne change plus.")


def _require_arranging(actor: User, day: CommissionSession) -> None:
    """What is placed moves until the day begins; from then on whoever holds the floor rearranges it, from the
    desk, where each change can be taken back."""
    _require_composing(actor, day)
    if day.state is SessionState.LIVE:
        raise WrongStateError(BEGUN)


def _expect_waiting(item: AgendaItem, version: int) -> None:
    if item.version != version:
        raise StaleError("Quelqu’un a changé ce point entre-temps. Rechargez la page, puis recommencez.")
    expect(item.state, {ItemState.WAITING}, "Ce point a déjà commencé : conduisez-le depuis le pupitre.")


def _in_steps(minutes: int) -> int:
    whole = 5 * round(minutes / 5)
    return max(SHORTEST_MINUTES, min(whole, LONGEST_MINUTES))
