"""What the département does with a problem sent up."""

from commission_app.accounts.models import User
from commission_app.core import clock
from commission_app.core.errors import InvalidInputError, WrongStateError
from commission_app.core.events import record
from commission_app.core.policies import require
from commission_app.followup.models import Remontee
from commission_app.followup.remontees.policies import can_answer_remontee
from commission_app.followup.states import REMONTEE_TRANSITIONS

NOT_YOURS = "Seul le pilotage du département répond aux remontées."
ERASED = "Cette remontée est effacée avec le dossier dont elle parlait : il n’y a plus rien à répondre."


def study_remontee(actor: User, remontee: Remontee, *, version: int) -> None:
    """Say that the département looks into it; its pilots alone may, as long as it has its words."""
    require(can_answer_remontee(actor), NOT_YOURS)
    _expect_words(remontee)
    remontee.expect_version(version)
    remontee.state = REMONTEE_TRANSITIONS.after(remontee.state, "study")
    record(actor, "remontee_studied", remontee)


def answer_remontee(actor: User, remontee: Remontee, *, answer: str, version: int) -> None:
    """Answer a problem: the territory reads the answer; the pilots of the département alone may, once, as
    long as it has its words."""
    require(can_answer_remontee(actor), NOT_YOURS)
    _expect_words(remontee)
    remontee.expect_version(version)
    if not answer.strip():
        raise InvalidInputError("Écrivez la réponse du Département.", field="answer")
    remontee.state = REMONTEE_TRANSITIONS.after(remontee.state, "answer")
    remontee.answer, remontee.answered_at, remontee.answered_by_id = answer.strip(), clock.now(), actor.id
    record(actor, "remontee_answered", remontee)


def _expect_words(remontee: Remontee) -> None:
    if remontee.is_erased:
        raise WrongStateError(ERASED)
