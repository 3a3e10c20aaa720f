"""The life of a dossier: each verb changes its state, dates it and says so."""

import uuid
from collections.abc import Mapping
from datetime import date

from sqlalchemy import func, select

from commission_app.accounts.models import User
from commission_app.core import clock
from commission_app.core.db import db
from commission_app.core.errors import InvalidInputError, NotFoundError, WrongStateError
from commission_app.core.events import record
from commission_app.core.nir import refuse_nir
from commission_app.core.policies import require
from commission_app.core.states import expect
from commission_app.dossiers.agreement.queries import agreement_holds
from commission_app.dossiers.models import Dossier, Exchange, Person, Remark
from commission_app.dossiers.policies import (
    can_coordinate_dossier,
    can_create_dossier,
    can_submit_dossier,
    can_withdraw_dossier,
)
from commission_app.dossiers.queries import checked_parts
from commission_app.dossiers.states import DOSSIER_TRANSITIONS, DossierState, Part, VersionKind
from commission_app.dossiers.versions.services import keep_version
from commission_app.dossiers.writing.queries import open_clashes
from commission_app.territories.models import Territory

NO_AGREEMENT = (
    "L’accord de partage de la personne n’est pas valable aujourd’hui. Recueillez-le, puis recommencez."
)


def create_dossier(actor: User, *, territory_id: uuid.UUID) -> Dossier:
    """Open a draft under the next code of the territory and the year, with an empty person behind it.

    Only a référent d'étape of the territory may. Two at the same instant get two codes: the second waits.
    """
    require(can_create_dossier(actor, territory_id), "Seuls les référents d’étape ouvrent un dossier.")
    territory = db.session.get_one(Territory, territory_id, with_for_update=True)
    year = clock.today().year
    taken = select(func.max(Dossier.number)).where(Dossier.territory_id == territory_id, Dossier.year == year)
    number = (db.session.scalar(taken) or 0) + 1
    dossier = Dossier(
        code=f"{territory.code}-{year}-{number:03d}",
        year=year,
        number=number,
        territory=territory,
        referent=actor,
        structure_id=actor.structure_id,
    )
    db.session.add(dossier)
    db.session.flush()
    db.session.add(Person(dossier_id=dossier.id))
    record(actor, "dossier_created", dossier, code=dossier.code)
    return dossier


def submit_dossier(actor: User, dossier: Dossier) -> None:
    """Send a complete dossier to the coordination; the référent alone may.

    Refused while a part misses something, while a precision is unanswered, while two texts of a field wait
    for a choice, and without an agreement that holds today.
    """
    require(can_submit_dossier(actor, dossier), "Seul le référent d’étape du dossier peut le soumettre.")
    DOSSIER_TRANSITIONS.after(dossier.state, "submit")
    _require_agreement(dossier)
    missing = [check for check in checked_parts(dossier) if not check.is_done]
    if missing:
        raise InvalidInputError(f"Il manque : {missing[0].missing[0]}.")
    if any(remark.answered_at is None for remark in dossier.remarks):
        raise InvalidInputError("Répondez d’abord à chaque précision demandée.")
    if clashes := open_clashes(dossier.id):
        raise InvalidInputError(f"« {clashes[0].label} » a deux textes : choisissez lequel garder.")
    _move(actor, dossier, "submit", "dossier_submitted")
    keep_version(actor, dossier, kind=VersionKind.SUBMITTED, made_on=clock.today())
    dossier.submitted_at = dossier.submitted_at or clock.now()


def ask_precision(actor: User, dossier: Dossier, *, remarks: Mapping[Part, str]) -> None:
    """Send the dossier back with at least one remark, each anchored to a part; the coordination may."""
    require(can_coordinate_dossier(actor, dossier))
    said = {part: text for part, text in remarks.items() if text}
    if not said:
        raise InvalidInputError("Écrivez au moins une précision à demander.")
    refuse_nir((part.value, text) for part, text in said.items())
    for part, text in said.items():
        dossier.remarks.append(Remark(part=part, text=text, author_id=actor.id))
    _move(actor, dossier, "ask_precision", "precision_asked", parts=[part.value for part in said])


def answer_remark(actor: User, dossier: Dossier, *, remark_id: uuid.UUID, answer: str) -> None:
    """Answer a remark of the coordination; the référent may, while the dossier is to be completed."""
    require(can_submit_dossier(actor, dossier))
    expect(dossier.state, {DossierState.TO_COMPLETE})
    refuse_nir([("answer", answer)])
    remark = next((one for one in dossier.remarks if one.id == remark_id), None)
    if remark is None:
        raise NotFoundError()
    if not answer:
        raise InvalidInputError("Écrivez votre réponse, même courte.", field="answer")
    remark.answer, remark.answered_at = answer, clock.now()
    record(actor, "remark_answered", dossier, part=remark.part.value)


def wish_exchange(actor: User, dossier: Dossier) -> None:
    """Ask the coordination to talk, before anything is submitted; the référent may."""
    require(can_submit_dossier(actor, dossier))
    expect(dossier.state, {DossierState.DRAFT, DossierState.TO_COMPLETE, DossierState.SUBMITTED})
    record(actor, "exchange_wished", dossier)


def open_exchange(actor: User, dossier: Dossier) -> None:
    """Begin the talk between coordination and référent; the coordination may, on a submitted dossier."""
    require(can_coordinate_dossier(actor, dossier))
    _move(actor, dossier, "open_exchange", "exchange_opened")


def hold_exchange(
    actor: User, dossier: Dossier, *, held_on: date, participants: str, tried: str, outcome: str
) -> Exchange:
    """Write down a talk: when, with whom, what was tried, what came out; the coordination may.

    Refused when the day is still to come, or the dossier is not in exchange.
    """
    require(can_coordinate_dossier(actor, dossier))
    expect(dossier.state, {DossierState.EXCHANGE}, "Ouvrez d’abord l’échange.")
    if held_on > clock.today():
        raise InvalidInputError("Indiquez un jour déjà passé, ou aujourd’hui.", field="held_on")
    refuse_nir((("participants", participants), ("tried", tried), ("outcome", outcome)))
    exchange = Exchange(
        held_on=held_on, participants=participants, tried=tried, outcome=outcome, author_id=actor.id
    )
    dossier.exchanges.append(exchange)
    record(actor, "exchange_held", dossier, held_on=held_on.isoformat())
    return exchange


def solve_before_commission(actor: User, dossier: Dossier) -> None:
    """A solution came out of the exchange: the commission is not needed. The coordination may."""
    require(can_coordinate_dossier(actor, dossier))
    _require_exchange(dossier)
    _move(actor, dossier, "solve_before", "dossier_solved_before")


def retain_dossier(actor: User, dossier: Dossier) -> None:
    """Keep the dossier for a commission; the coordination may, once an exchange was held and while the
    agreement holds."""
    require(can_coordinate_dossier(actor, dossier))
    DOSSIER_TRANSITIONS.after(dossier.state, "retain")
    _require_agreement(dossier)
    _require_exchange(dossier)
    _move(actor, dossier, "retain", "dossier_retained")


def retain_again(actor: User, dossier: Dossier) -> None:
    """Keep a dossier that a commission postponed for another one, while the agreement holds.

    Called by the agenda's services, which have checked who may: only state and agreement are checked here.
    """
    expect(dossier.state, {DossierState.POSTPONED})
    _require_agreement(dossier)
    _move(actor, dossier, "retain", "dossier_retained")


def schedule_dossier(actor: User, dossier: Dossier) -> None:
    """Put a retained dossier on an agenda, while the agreement holds.

    Called by the agenda's services, which have checked who may: only state and agreement are checked here.
    """
    DOSSIER_TRANSITIONS.after(dossier.state, "schedule")
    _require_agreement(dossier)
    _move(actor, dossier, "schedule", "dossier_scheduled")


def unschedule_dossier(actor: User, dossier: Dossier) -> None:
    """Take a dossier off an agenda: it is retained again. Called by the agenda's services, which have checked
    who may."""
    _move(actor, dossier, "unschedule", "dossier_unscheduled")


def treat_dossier(actor: User, dossier: Dossier) -> None:
    """The commission decided. Called by the services of the day, which have checked who may: state and
    agreement are checked here."""
    DOSSIER_TRANSITIONS.after(dossier.state, "treat")
    _require_agreement(dossier)
    _move(actor, dossier, "treat", "dossier_treated")


def postpone_dossier(actor: User, dossier: Dossier) -> None:
    """The commission takes the situation later. Called by the agenda's services, which have checked who
    may."""
    _move(actor, dossier, "postpone", "dossier_postponed")


def take_dossier_back(actor: User, dossier: Dossier) -> None:
    """Undo a postponement while the day still goes on, and as long as the agreement holds. Called by the
    agenda's services, which have checked who may."""
    DOSSIER_TRANSITIONS.after(dossier.state, "take_back")
    _require_agreement(dossier)
    _move(actor, dossier, "take_back", "dossier_taken_back")


def follow_dossier(actor: User, dossier: Dossier) -> None:
    """Begin the follow-up of a treated situation. Called by the services of sessions, which have checked
    who may."""
    _move(actor, dossier, "follow", "dossier_followed")


def begin_follow_up(actor: User, dossier: Dossier) -> None:
    """Begin the follow-up of a treated situation from its page; the coordination may."""
    require(can_coordinate_dossier(actor, dossier))
    follow_dossier(actor, dossier)


def close_dossier(actor: User, dossier: Dossier) -> None:
    """End the work on a dossier; the coordination may, once a solution was found or the situation treated."""
    require(can_coordinate_dossier(actor, dossier))
    _move(actor, dossier, "close", "dossier_closed")
    dossier.closed_at = clock.now()


def withdraw_dossier(actor: User, dossier: Dossier) -> None:
    """Take a dossier back for good, from any state; the référent or the coordination may."""
    require(can_withdraw_dossier(actor, dossier))
    end_sharing(actor, dossier, reason="taken_back")


def end_sharing(actor: User | None, dossier: Dossier, *, reason: str) -> None:
    """Take the dossier off everything because nobody may share it any more.

    Called by the services of the agreement, which have checked who may, and by the clock (no actor).
    """
    _move(actor, dossier, "withdraw", "dossier_withdrawn", reason=reason)


def _move(actor: User | None, dossier: Dossier, act: str, event: str, **data: object) -> None:
    """Change the state by the table of transitions, date it, and record it with the state before."""
    before = dossier.state
    dossier.state = DOSSIER_TRANSITIONS.after(before, act)
    dossier.state_since = clock.now()
    record(actor, event, dossier, before=before.value, after=dossier.state.value, **data)


def _require_agreement(dossier: Dossier) -> None:
    if not agreement_holds(dossier.id):
        raise WrongStateError(NO_AGREEMENT)


def _require_exchange(dossier: Dossier) -> None:
    """An exchange was held before, unless the commission itself postponed the dossier."""
    if dossier.state is DossierState.EXCHANGE and not dossier.exchanges:
        raise WrongStateError("Notez d’abord l’échange tenu avec le référent d’étape.")
