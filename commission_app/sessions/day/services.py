"""The course of a live day: start, points, pauses, who holds the floor, close.

What leads the day asks for the floor: a refused act names its holder, who hands it over or from whom it is
taken.
"""

import uuid

from sqlalchemy import select

from commission_app.accounts.models import User
from commission_app.core import clock
from commission_app.core.db import db
from commission_app.core.errors import StaleError, WrongStateError
from commission_app.core.events import record
from commission_app.core.policies import require
from commission_app.dossiers.services import postpone_dossier, treat_dossier
from commission_app.dossiers.states import DossierState
from commission_app.sessions.agenda.models import AgendaItem
from commission_app.sessions.agenda.postponement.services import postpone_item
from commission_app.sessions.day.course import begin_spell, end_pause, end_spell
from commission_app.sessions.day.leading import expect_current, expect_live, lead
from commission_app.sessions.day.policies import can_run_day
from commission_app.sessions.day.queries import current_item, hold, next_item, previous_item, read_again
from commission_app.sessions.decisions.models import DecisionDraft
from commission_app.sessions.decisions.queries import last_kinds, undecided_items
from commission_app.sessions.models import CommissionSession
from commission_app.sessions.states import (
    SESSION_TRANSITIONS,
    DecisionKind,
    ItemState,
)


def start_day(actor: User, day: CommissionSession) -> None:
    """Begin the day and its first point; the facilitator who starts holds the floor. Refused twice."""
    require(can_run_day(actor, day), "Seuls les deux co-animateurs démarrent la journée.")
    hold(day)
    day.state = SESSION_TRANSITIONS.after(day.state, "start")
    day.started_at = clock.now()
    day.floor_id = actor.id
    if (first := next_item(day)) is not None:
        _begin(first)
    record(actor, "session_started", day)


def open_item(actor: User, day: CommissionSession, item: AgendaItem) -> None:
    """Make a point the current one; the one under way ends. A postponed point stays postponed."""
    lead(actor, day)
    read_again(item)
    if item.state is ItemState.POSTPONED:
        raise WrongStateError("Ce point est reporté : il ne peut plus être ouvert aujourd’hui.")
    if item.state is ItemState.LIVE:
        return
    _end_current(actor, day)
    _begin(item)
    record(actor, "item_opened", item)


def open_next(actor: User, day: CommissionSession, *, seen_id: uuid.UUID | None) -> None:
    """End the point under way and open the one that follows.

    `seen_id` is the point that the person saw as current: two facilitators who press together advance once.
    """
    lead(actor, day)
    expect_current(day, seen_id)
    ended = _end_current(actor, day)
    following = next_item(day)
    if following is not None:
        _begin(following)
        record(actor, "item_opened", following)
    elif ended is not None:
        record(actor, "item_ended", ended)
    else:
        raise WrongStateError("Il n’y a plus de point à ouvrir : vous pouvez clore la journée.")


def open_previous(actor: User, day: CommissionSession, *, seen_id: uuid.UUID | None) -> None:
    """Go back to the point that ended last; the one under way waits again."""
    lead(actor, day)
    expect_current(day, seen_id)
    earlier = previous_item(day)
    if earlier is None:
        raise WrongStateError("Aucun point n’a encore été vu.")
    if (current := current_item(day)) is not None:
        end_spell(current, day, clock.now())
        current.state = ItemState.WAITING
        current.started_at = current.ended_at = None
        db.session.flush()
    _begin(earlier)
    record(actor, "item_reopened", earlier)


def postpone_current(
    actor: User,
    day: CommissionSession,
    *,
    seen_id: uuid.UUID | None,
    to: CommissionSession | None,
    reason: str,
) -> None:
    """Put the point under way off to another session (chosen, or not yet known) with a reason, and go on."""
    lead(actor, day)
    expect_current(day, seen_id)
    current = current_item(day)
    if current is None:
        raise WrongStateError("Aucun point n’est en cours.")
    end_pause(day, current, clock.now())
    _drop_draft(current)
    postpone_item(actor, current, to=to, reason=reason)
    db.session.flush()
    if (following := next_item(day)) is not None:
        _begin(following)
    record(actor, "item_put_off_live", current)


def pause_day(actor: User, day: CommissionSession) -> None:
    """Stop every clock of the day. Refused while it is already stopped."""
    lead(actor, day)
    if day.paused_at is not None:
        raise WrongStateError("La journée est déjà en pause.")
    day.paused_at = clock.now()
    record(actor, "session_paused", day)


def resume_day(actor: User, day: CommissionSession) -> None:
    """Let the clocks run again; the pause counts for no point."""
    lead(actor, day)
    if day.paused_at is None:
        raise WrongStateError("La journée n’est pas en pause.")
    end_pause(day, current_item(day), clock.now())
    record(actor, "session_resumed", day)


def hand_over(actor: User, day: CommissionSession) -> None:
    """Give the floor to the other facilitator; only who holds it may."""
    lead(actor, day)
    other = next((one.user_id for one in day.facilitators if one.user_id != actor.id), None)
    if other is None:
        raise WrongStateError("Il n’y a pas d’autre co-animateur aujourd’hui.")
    day.floor_id = other
    record(actor, "floor_handed_over", day)


def take_floor(actor: User, day: CommissionSession) -> None:
    """Take the floor from the other facilitator, who sees it at once."""
    require(can_run_day(actor, day), "Seuls les deux co-animateurs prennent la main.")
    hold(day)
    expect_live(day)
    day.floor_id = actor.id
    record(actor, "floor_taken", day)


def close_day(actor: User, day: CommissionSession, *, undecided_count: int) -> None:
    """End the day: the record is frozen and the minutes begin.

    `undecided_count` is how many points without a decision the person was shown and accepts to put off;
    another number than the present one is refused, so that nobody closes over a point that was never shown.
    """
    lead(actor, day)
    _end_current(actor, day)
    open_points = undecided_items(day)
    if len(open_points) != undecided_count:
        raise StaleError("La liste des points sans décision a changé : relisez-la, puis confirmez.")
    for item in open_points:
        _put_off(actor, item)
    end_pause(day, None, clock.now())
    day.state = SESSION_TRANSITIONS.after(day.state, "close")
    day.closed_at = clock.now()
    record(actor, "session_closed", day)


def _begin(item: AgendaItem) -> None:
    begin_spell(item, clock.now())
    item.state = ItemState.LIVE


def _end_current(actor: User, day: CommissionSession) -> AgendaItem | None:
    current = current_item(day)
    if current is None:
        return None
    now = clock.now()
    end_pause(day, current, now)
    end_spell(current, day, now)
    current.state = ItemState.DONE
    _settle_dossier(actor, current)
    db.session.flush()
    return current


def _settle_dossier(actor: User, item: AgendaItem) -> None:
    if item.dossier is None or item.dossier.state is not DossierState.SCHEDULED:
        return
    kinds = last_kinds(item)
    if DecisionKind.POSTPONED in kinds:
        postpone_dossier(actor, item.dossier)
    elif kinds:
        treat_dossier(actor, item.dossier)


def _put_off(actor: User, item: AgendaItem) -> None:
    if item.state is ItemState.WAITING:
        postpone_item(actor, item, to=None, reason="Sans décision le jour de la session")
    elif item.dossier is not None and item.dossier.state is DossierState.SCHEDULED:
        postpone_dossier(actor, item.dossier)


def _drop_draft(item: AgendaItem) -> None:
    for draft in db.session.scalars(select(DecisionDraft).where(DecisionDraft.agenda_item_id == item.id)):
        db.session.delete(draft)
