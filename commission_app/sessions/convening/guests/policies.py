"""Who invites an expert from outside."""

from commission_app.accounts.models import User
from commission_app.dossiers.agreement.models import SharingAgreement
from commission_app.sessions.agenda.models import AgendaItem
from commission_app.sessions.models import CommissionSession
from commission_app.sessions.policies import can_prepare_session
from commission_app.sessions.states import FIXED_KINDS, ItemKind, ItemState

NOT_FOR_GUESTS = frozenset({*FIXED_KINDS, ItemKind.CLOSING, ItemKind.FOLLOW_UP})


def can_invite_guest(actor: User, day: CommissionSession) -> bool:
    """The coordination of one of the territories prepares the day, and invites for it."""
    return can_prepare_session(actor, day)


def is_for_guests(item: AgendaItem, agreement: SharingAgreement | None) -> bool:
    """Whether a guest may be invited for a point, and read it.

    A guest belongs to no structure of the commission: a situation is open to guests only while the person
    agrees to share it with the whole commission.
    """
    if item.kind in NOT_FOR_GUESTS or item.state is ItemState.POSTPONED:
        return False
    if item.dossier_id is None:
        return True
    return agreement is not None and agreement.holds_today and not agreement.scope
