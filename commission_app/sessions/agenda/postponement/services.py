"""Reporter and revoir: a point goes to another day, with a trace where it stood."""

from sqlalchemy import select

from commission_app.accounts.models import User
from commission_app.core import clock
from commission_app.core.db import db
from commission_app.core.errors import InvalidInputError, WrongStateError
from commission_app.core.events import record
from commission_app.core.policies import require
from commission_app.core.states import expect
from commission_app.dossiers.agreement.queries import agreement_holds
from commission_app.dossiers.models import Dossier
from commission_app.dossiers.services import (
    NO_AGREEMENT,
    postpone_dossier,
    retain_again,
    schedule_dossier,
)
from commission_app.dossiers.states import DossierState
from commission_app.sessions.agenda.models import AgendaItem
from commission_app.sessions.agenda.policies import can_postpone_item
from commission_app.sessions.agenda.queries import items_of
from commission_app.sessions.models import CommissionSession
from commission_app.sessions.policies import can_prepare_session
from commission_app.sessions.states import ItemKind, ItemState, ProposalState, SessionState

#: Situations that a commission may look at again.
REVIEWED = frozenset(
    {DossierState.TREATED, DossierState.FOLLOWED, DossierState.POSTPONED, DossierState.RETAINED}
)


def postpone_item(actor: User, item: AgendaItem, *, to: CommissionSession | None, reason: str) -> None:
    """Reporter: the point leaves the day with a trace; what it is about goes to the day chosen.

    A dossier waits again for that day's composer, first in line; any other point is placed there at once, or
    its proposal waits again when no day is chosen. Refused for a point already seen or postponed, and towards
    a day that is over or the same.
    """
    day = item.commission_session
    require(can_postpone_item(actor, day))
    expect(item.state, {ItemState.WAITING, ItemState.LIVE}, "Ce point est déjà vu ou reporté.")
    if to is not None:
        _expect_later(day, to)
    _leave(item)
    item.postponed_to, item.postponed_reason = to, reason[:300]
    if item.dossier is not None:
        if item.dossier.state is DossierState.SCHEDULED:
            postpone_dossier(actor, item.dossier)
    elif to is not None:
        _place_again(item, to)
    elif item.proposal is not None:
        item.proposal.state = ProposalState.WAITING
    record(actor, "item_postponed", item, to=str(to.id) if to else "")


def review_item(actor: User, item: AgendaItem, *, to: CommissionSession) -> AgendaItem:
    """Revoir: a new point on the day chosen, linked to the one seen.

    A situation that was treated stays so while it is looked at again; one that was postponed is retained and
    placed. Refused for a point not seen yet or on its way again already, for a situation withdrawn or closed,
    and without an agreement that holds.
    """
    require(can_postpone_item(actor, item.commission_session) or can_prepare_session(actor, to))
    expect(item.state, {ItemState.DONE, ItemState.POSTPONED}, "Ce point n’a pas encore été vu.")
    _expect_later(item.commission_session, to)
    _expect_once(item)
    if item.dossier is not None:
        _take_up(actor, item.dossier)
    again = _place_again(item, to)
    record(actor, "item_reviewed", again, followed=str(item.id))
    return again


def _expect_later(day: CommissionSession, to: CommissionSession) -> None:
    if to.id == day.id or to.state in (SessionState.CLOSED, SessionState.CANCELLED):
        raise InvalidInputError("Choisissez une autre session, encore à venir.", field="to")


def _expect_once(item: AgendaItem) -> None:
    query = select(AgendaItem.id).where(
        AgendaItem.followed_item_id == item.id, AgendaItem.state.in_((ItemState.WAITING, ItemState.LIVE))
    )
    if db.session.scalar(query.limit(1)) is not None:
        raise WrongStateError("Ce point est déjà inscrit à une autre session.")


def _take_up(actor: User, dossier: Dossier) -> None:
    expect(dossier.state, REVIEWED, "Ce dossier est retiré, clos, ou déjà inscrit à une autre session.")
    if not agreement_holds(dossier.id):
        raise WrongStateError(NO_AGREEMENT)
    if dossier.state is DossierState.POSTPONED:
        retain_again(actor, dossier)
    if dossier.state is DossierState.RETAINED:
        schedule_dossier(actor, dossier)


def _leave(item: AgendaItem) -> None:
    if item.state is ItemState.LIVE and item.started_at is not None:
        item.ended_at = clock.now()
        spell = int((item.ended_at - item.started_at).total_seconds()) - item.paused_seconds
        item.spent_seconds += max(0, spell)
    item.state = ItemState.POSTPONED


def _place_again(item: AgendaItem, to: CommissionSession) -> AgendaItem:
    items = items_of(to)
    is_closed_by = bool(items) and items[-1].kind is ItemKind.CLOSING
    again = AgendaItem(
        commission_session=to,
        position=len(items) - 1 if is_closed_by else len(items),
        kind=item.kind,
        title=item.title,
        text=item.text,
        planned_minutes=item.planned_minutes,
        dossier_id=item.dossier_id,
        presenter_id=item.dossier.referent_id if item.dossier else item.presenter_id,
        proposal_id=item.proposal_id,
        action_id=item.action_id,
        is_recurring=item.is_recurring,
        followed_item=item,
    )
    if is_closed_by:
        items[-1].position = len(items)
    db.session.add(again)
    return again
