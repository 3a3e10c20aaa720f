"""Who prepares a decision, who records it, who says what he or she thinks of it."""

from commission_app.accounts.models import User
from commission_app.dossiers.agreement.models import SharingAgreement
from commission_app.dossiers.states import DossierState
from commission_app.sessions.agenda.policies import can_read_presentation, presents
from commission_app.sessions.day.policies import can_follow_day, can_run_day, holds_floor
from commission_app.sessions.decisions.models import Decision
from commission_app.sessions.models import CommissionSession
from commission_app.sessions.policies import can_prepare_session


def can_write_draft(actor: User, day: CommissionSession) -> bool:
    """Both facilitators write, whoever holds the floor."""
    return can_run_day(actor, day)


def can_record_decision(actor: User, day: CommissionSession) -> bool:
    """The facilitator who holds the floor records."""
    return holds_floor(actor, day)


def can_take_stance(actor: User, day: CommissionSession) -> bool:
    """Whoever follows the day says whether he or she agrees."""
    return can_follow_day(actor, day)


def can_tell(actor: User, decision: Decision) -> bool:
    """Who was asked to tell the person, the référent d'étape of today, the facilitators and the
    coordination."""
    day = decision.commission_session
    return (
        actor.id == decision.teller_id
        or presents(actor, decision.agenda_item)
        or can_run_day(actor, day)
        or can_prepare_session(actor, day)
    )


def keeps_decision(actor: User, decision: Decision) -> bool:
    """Once a situation was taken back, only who accompanies the person and the coordination keep its
    decisions."""
    dossier = decision.dossier
    if dossier is None or dossier.state is not DossierState.WITHDRAWN:
        return True
    return presents(actor, decision.agenda_item) or can_prepare_session(actor, decision.commission_session)


def can_read_decision(actor: User, decision: Decision, agreement: SharingAgreement | None) -> bool:
    """Who follows the day reads what it decided; on a situation, only while the agreement lets the reader
    see what was presented."""
    if not can_follow_day(actor, decision.commission_session):
        return False
    if decision.dossier_id is None:
        return True
    return can_read_presentation(actor, decision.agenda_item, agreement)
