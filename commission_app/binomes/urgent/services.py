"""Asking for help, the relay, taking up, answering, closing."""

from datetime import timedelta

from commission_app.accounts.models import User
from commission_app.binomes.models import Binome, UrgentRelay, UrgentRequest
from commission_app.binomes.queries import with_duties
from commission_app.binomes.states import URGENT_TRANSITIONS, UrgentLevel, UrgentState
from commission_app.binomes.urgent.policies import (
    can_answer_request,
    can_ask_urgently,
    can_close_request,
    can_pass_on_request,
    can_take_request,
)
from commission_app.binomes.urgent.queries import OwnDossier, locked, overdue_ids
from commission_app.core import clock, french
from commission_app.core.db import db
from commission_app.core.errors import WrongStateError
from commission_app.core.events import record
from commission_app.core.policies import require

LEVELS = tuple(UrgentLevel)


def ask_urgently(
    actor: User,
    binome: Binome,
    *,
    title: str,
    text: str,
    delay_minutes: int,
    dossier: OwnDossier | None = None,
) -> UrgentRequest:
    """Call a pair for help: its technicien is asked first, or who stands in.

    Whoever reads the directory may. A place that nobody holds today is passed over at once, so that the
    request may begin with the cadre or with the coordination. Not taken up in `delay_minutes`, it goes on.
    """
    require(can_ask_urgently(actor, binome))
    request = UrgentRequest(
        territory_id=binome.territory_id,
        binome=binome,
        author=actor,
        title=title,
        text=text,
        delay_minutes=delay_minutes,
        dossier_id=dossier.id if dossier else None,
        dossier_code=dossier.code if dossier else "",
        relays=[],
    )
    db.session.add(request)
    _ask_first_of(request, LEVELS)
    db.session.flush()
    record(actor, "urgent_request_asked", request, level=request.level.value)
    return request


def relay_request(actor: User, request: UrgentRequest) -> None:
    """Ask the next level without waiting for the clock; refused once taken up or when nobody is left."""
    require(can_pass_on_request(actor, request))
    request = _as_it_is_now(request)
    if request.state is not UrgentState.ASKED:
        raise WrongStateError(_where_it_stands(request))
    if request.level is UrgentLevel.COORDINATION:
        raise WrongStateError("La coordination est déjà sollicitée : il n’y a plus personne après elle.")
    _relay(request, actor)


def relay_overdue(actor: User | None) -> int:
    """Pass on what nobody took up in its delay; the clock does it, without an account. Returns how many."""
    due = db.session.scalars(locked(overdue_ids())).all()
    waiting = [one for one in due if one.state is UrgentState.ASKED and _is_overdue(one)]
    for request in waiting:
        _relay(request, actor)
    return len(waiting)


def take_request(actor: User, request: UrgentRequest) -> None:
    """Take a request up. The first one to do so has it; whoever comes next is told who that is."""
    require(can_take_request(actor, request), "Cette demande ne vous a pas été adressée.")
    request = _as_it_is_now(request)
    if not URGENT_TRANSITIONS.allows(request.state, "take"):
        raise WrongStateError(_where_it_stands(request))
    request.state = URGENT_TRANSITIONS.after(request.state, "take")
    request.taken_by, request.taken_at, request.escalates_at = actor, clock.now(), None
    record(actor, "urgent_request_taken", request, level=request.level.value)


def answer_request(actor: User, request: UrgentRequest, *, answer: str) -> None:
    """Say what can be done; who took the request up does."""
    require(can_answer_request(actor, request), "La personne qui a pris la demande en charge y répond.")
    request = _as_it_is_now(request)
    request.state = URGENT_TRANSITIONS.after(request.state, "answer")
    request.answer, request.answered_at = answer, clock.now()
    record(actor, "urgent_request_answered", request)


def close_request(actor: User, request: UrgentRequest) -> None:
    """End a request, answered or no longer needed; nobody is asked any more."""
    require(can_close_request(actor, request))
    request = _as_it_is_now(request)
    request.state = URGENT_TRANSITIONS.after(request.state, "close")
    request.closed_at, request.escalates_at = clock.now(), None
    record(actor, "urgent_request_closed", request)


def _as_it_is_now(request: UrgentRequest) -> UrgentRequest:
    """The row behind everybody who writes at this moment: two people in the same instant come one by one."""
    return db.session.scalars(locked([request.id])).one()


def _relay(request: UrgentRequest, actor: User | None) -> None:
    _ask_first_of(request, LEVELS[LEVELS.index(request.level) + 1 :])
    db.session.flush()
    record(actor, "urgent_request_relayed", request, level=request.level.value)


def _ask_first_of(request: UrgentRequest, levels: tuple[UrgentLevel, ...]) -> None:
    """Ask the first of these levels at which somebody answers today, was not asked before, and is not the one
    who asks: nobody is called by the own request."""
    pair = with_duties([request.binome])[0]
    duties = {UrgentLevel.TECHNICIEN: pair.technicien, UrgentLevel.CADRE: pair.cadre}
    before = {request.author.id, *(relay.asked_id for relay in request.relays)}
    for level in levels:
        duty = duties.get(level)
        if duty is None:
            return _ask(request, level, None, None)
        if duty.on_call is not None and duty.on_call.id not in before:
            absent = duty.holder if duty.stands_in else None
            return _ask(request, level, duty.on_call, absent)
    return None


def _ask(request: UrgentRequest, level: UrgentLevel, person: User | None, absent: User | None) -> None:
    moment = clock.now()
    is_last = level is UrgentLevel.COORDINATION
    due_at = None if is_last else moment + timedelta(minutes=request.delay_minutes)
    request.level, request.asked, request.escalates_at = level, person, due_at
    request.relays.append(
        UrgentRelay(
            position=len(request.relays) + 1,
            level=level,
            asked=person,
            absent_id=absent.id if absent else None,
            asked_at=moment,
            due_at=due_at,
        )
    )


def _is_overdue(request: UrgentRequest) -> bool:
    return request.escalates_at is not None and request.escalates_at <= clock.now()


def _where_it_stands(request: UrgentRequest) -> str:
    if request.taken_by is None or request.taken_at is None:
        return "Cette demande est close."
    hour = french.hour(request.taken_at)
    return f"{request.taken_by.full_name} a déjà pris cette demande en charge, à {hour}."
