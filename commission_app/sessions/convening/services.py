"""Convening a day, asking again, and answering."""

from datetime import time
from typing import Any

from sqlalchemy import select

from commission_app.accounts.models import User
from commission_app.core import clock
from commission_app.core.db import db
from commission_app.core.errors import InvalidInputError, WrongStateError
from commission_app.core.events import record
from commission_app.core.policies import require
from commission_app.core.states import expect
from commission_app.sessions.convening.models import Invitation
from commission_app.sessions.convening.policies import can_answer, can_convene
from commission_app.sessions.convening.queries import Plan, answers_to, invitation_behind, plan_of
from commission_app.sessions.members import Member
from commission_app.sessions.models import CommissionSession
from commission_app.sessions.states import SESSION_TRANSITIONS, UPCOMING, Answer, SessionState

OPEN = frozenset({SessionState.CONVENED, SessionState.LIVE})


def convene(actor: User, day: CommissionSession) -> Plan:
    """Invite every binôme of the day's territories and its facilitators; a second time, only who is new.

    The coordination alone, once the calendar is published and before the day begins. Who no longer sits is
    told so. Refuses when nobody is to be invited.
    """
    require(can_convene(actor, day))
    state = SESSION_TRANSITIONS.after(day.state, "convene")
    if day.starts_at <= clock.now():
        raise WrongStateError("La date de cette session est passée : déplacez-la, puis convoquez.")
    plan = plan_of(day)
    if not plan.new and not plan.kept:
        raise WrongStateError("Aucun binôme n’est inscrit sur ce territoire : complétez d’abord les binômes.")
    for invitation in plan.leaving:
        remove_invitation(actor, invitation)
    _invite(day, plan.new)
    day.state, day.convened_at = state, day.convened_at or clock.now()
    record(actor, "session_convened", day, count=len(plan.new))
    return plan


def remove_invitation(actor: User, invitation: Invitation) -> None:
    """No longer invite somebody; that person alone receives a cancellation. The coordination alone."""
    day = invitation.commission_session
    require(can_convene(actor, day))
    expect(day.state, UPCOMING)
    invitation.removed_at = clock.now()
    day.ics_sequence += 1
    record(actor, "invitation_removed", invitation)


def ask_again(actor: User, day: CommissionSession) -> int:
    """Ask everybody of the silent structures once more; at most one mail a person and a day.

    The coordination alone, while the day is convened. Refuses when every structure answered.
    """
    require(can_convene(actor, day))
    expect(day.state, {SessionState.CONVENED}, "Convoquez d’abord la session.")
    silent = answers_to(day).silent
    if not silent:
        raise WrongStateError("Toutes les structures ont répondu.")
    record(actor, "answers_asked_again", day, count=len(silent))
    return len(silent)


def answer_invitation(actor: User, invitation: Invitation, **answer: Any) -> None:
    """Answer an invitation: the person invited, or the coordination for an answer given by phone."""
    require(can_answer(actor, invitation))
    _write_answer(invitation, **answer)
    record(actor, "invitation_answered", invitation, answer=invitation.answer.value)


def answer_by_link(token: str, **answer: Any) -> Invitation:
    """Answer from the link of a mail, without an account; raises ExpiredLinkError, see invitation_behind."""
    invitation = invitation_behind(token)
    _write_answer(invitation, **answer)
    record(None, "invitation_answered", invitation, answer=invitation.answer.value)
    return invitation


def _invite(day: CommissionSession, members: list[Member]) -> None:
    known = {
        invitation.user_id: invitation
        for invitation in db.session.scalars(
            select(Invitation).where(Invitation.commission_session_id == day.id)
        )
    }
    back = [known[member.user.id] for member in members if member.user.id in known]
    for invitation in back:
        _invite_back(invitation)
    if back:
        day.ics_sequence += 1  # greater than that of the cancellation they received
    for member in members:
        if member.user.id not in known:
            db.session.add(Invitation(commission_session=day, user=member.user, structure=member.structure))


def _invite_back(invitation: Invitation) -> None:
    invitation.removed_at, invitation.answered_at = None, None
    invitation.answer, invitation.sent_sequence = Answer.NONE, -1


def _write_answer(
    invitation: Invitation,
    *,
    answer: Answer,
    replaced_by: str = "",
    from_time: time | None = None,
    until_time: time | None = None,
    takes_lunch: bool = False,
    diet: str = "",
) -> None:
    """What does not go with the answer is dropped: an absent person takes no lunch."""
    expect(invitation.commission_session.state, OPEN, "Cette session n’attend pas de réponse.")
    _check(answer, replaced_by, from_time, until_time)
    comes = answer in {Answer.PRESENT, Answer.REPLACED}
    is_present = answer is Answer.PRESENT
    invitation.answer = answer
    invitation.replaced_by = replaced_by if answer is Answer.REPLACED else ""
    invitation.from_time = from_time if is_present else None
    invitation.until_time = until_time if is_present else None
    invitation.takes_lunch = takes_lunch and comes and invitation.commission_session.has_lunch
    invitation.diet = diet if invitation.takes_lunch else ""
    invitation.answered_at = clock.now()


def _check(answer: Answer, replaced_by: str, from_time: time | None, until_time: time | None) -> None:
    if answer is Answer.NONE:
        raise InvalidInputError("Dites si vous venez.", field="answer")
    if answer is Answer.REPLACED and not replaced_by:
        raise InvalidInputError("Écrivez le nom de la personne qui vient à votre place.", field="replaced_by")
    if from_time and until_time and until_time <= from_time:
        raise InvalidInputError("L’heure de départ doit venir après l’heure d’arrivée.", field="until_time")
