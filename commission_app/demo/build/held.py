"""Holding a day of commission: who came, point after point, decision after decision, to its closing."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, select, update

from commission_app.accounts.models import User
from commission_app.core import clock
from commission_app.core.db import db
from commission_app.demo.build.agenda import carrier
from commission_app.demo.stories.outcomes import Outcome
from commission_app.demo.world import World
from commission_app.sessions.agenda.models import AgendaItem
from commission_app.sessions.convening.models import Invitation
from commission_app.sessions.day.models import Attendance
from commission_app.sessions.day.queries import current_item
from commission_app.sessions.day.services import close_day, open_next, postpone_current, start_day
from commission_app.sessions.decisions.models import Decision, DecisionDraft, DraftStance
from commission_app.sessions.decisions.queries import undecided_items
from commission_app.sessions.decisions.services import read_back, record_decision, write_draft
from commission_app.sessions.models import CommissionSession
from commission_app.sessions.states import Answer, Stance

PUT_OFF = "La structure attendue n’a pas pu venir"
RESERVATIONS = (
    "sous réserve du reste à charge",
    "si le transport est réglé avant",
    "avec un point à un mois",
)


@dataclass(frozen=True)
class Held:
    """A day under way: its territory's code, who leads it, and what is decided on which dossier by its id."""

    world: World
    code: str
    day: CommissionSession
    lead: User
    outcomes: dict[object, Outcome]
    put_off: frozenset[object] = frozenset()


def hold_day(held: Held) -> None:
    """The whole day: arrivals, every point in its planned length, decisions, closing."""
    moment = begin(held)
    while (item := current_item(held.day)) is not None:
        moment = go_through(held, item, moment)
    with clock.frozen(moment):
        close_day(held.lead, held.day, undecided_count=len(undecided_items(held.day)))
        db.session.execute(update(Attendance).where(_is_there(held.day)).values(left_at=moment))


def begin(held: Held) -> datetime:
    """Start the day with those who come."""
    with clock.frozen(held.day.starts_at):
        _arrive(held.day)
        start_day(held.lead, held.day)
    return held.day.starts_at


def go_through(held: Held, item: AgendaItem, moment: datetime) -> datetime:
    """One point from its opening to the next; a situation ends with its decision, or is put off."""
    if item.dossier_id in held.put_off:
        return _put_off(held, item, moment + timedelta(minutes=10))
    if (outcome := held.outcomes.get(item.dossier_id)) is not None:
        late = timedelta(minutes=max(5, item.planned_minutes - 6))
        with clock.frozen(moment + late):
            decide(held, item, outcome)
    ended = moment + timedelta(minutes=item.planned_minutes)
    with clock.frozen(ended):
        open_next(held.lead, held.day, seen_id=item.id)
    return ended


def decide(held: Held, item: AgendaItem, outcome: Outcome) -> Decision:
    """Write the draft, read it back, hear the room, record it."""
    draft = propose(held, item, outcome)
    hear(held.day, draft)
    return record_decision(held.lead, item, draft_id=draft.id, version=draft.version)


def propose(held: Held, item: AgendaItem, outcome: Outcome) -> DecisionDraft:
    """Write a draft and show it on every screen."""
    due_on = clock.today() + timedelta(days=outcome.days)
    draft = write_draft(
        held.lead,
        item,
        kind=outcome.kind,
        text=outcome.text,
        version=0,
        structure_id=carrier(held.world, held.code, outcome.by).id,
        due_on=due_on,
        teller_id=item.dossier.referent_id if item.dossier else None,
        tell_on=clock.today() + timedelta(days=4) if item.dossier else None,
        action_title=outcome.action,
        offer_name=outcome.offer,
        theme=outcome.theme,
    )
    db.session.flush()
    read_back(held.lead, draft, version=draft.version)
    db.session.flush()
    return draft


def hear(day: CommissionSession, draft: DecisionDraft, silent: int = 0) -> None:
    """Most agree, one in three decisions meets a reservation; the last `silent` people say nothing yet."""
    people = list(db.session.scalars(select(Attendance.user_id).where(_is_there(day))))
    has_reservation = len(draft.text) % 3 == 0
    for number, user_id in enumerate(people[: len(people) - silent]):
        reserved = has_reservation and number == 2
        said = DraftStance(
            draft_id=draft.id,
            user_id=user_id,
            stance=Stance.RESERVED if reserved else Stance.AGREED,
            words=RESERVATIONS[len(draft.text) % len(RESERVATIONS)] if reserved else "",
        )
        db.session.add(said)
    db.session.flush()
    db.session.refresh(draft)


def _is_there(day: CommissionSession) -> ColumnElement[bool]:
    return (Attendance.commission_session_id == day.id) & Attendance.left_at.is_(None)


def _put_off(held: Held, item: AgendaItem, moment: datetime) -> datetime:
    with clock.frozen(moment):
        postpone_current(held.lead, held.day, seen_id=item.id, to=None, reason=PUT_OFF)
    return moment


def _arrive(day: CommissionSession) -> None:
    comes = Invitation.answer.in_((Answer.PRESENT, Answer.REPLACED))
    invited = select(Invitation).where(Invitation.commission_session_id == day.id, comes)
    for number, invitation in enumerate(db.session.scalars(invited).all()):
        spell = Attendance(
            commission_session_id=day.id,
            user_id=invitation.user_id,
            structure_id=invitation.structure_id,
            stands_in=invitation.replaced_by,
            arrived_at=day.starts_at + timedelta(minutes=number % 12),
        )
        db.session.add(spell)
    db.session.flush()
