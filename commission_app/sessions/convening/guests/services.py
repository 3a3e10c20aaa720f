"""Inviting an expert for some points, taking the invitation back, and the trace of each reading."""

import uuid
from collections.abc import Collection

from commission_app.accounts.models import User
from commission_app.core import clock
from commission_app.core.db import db
from commission_app.core.errors import InvalidInputError, WrongStateError
from commission_app.core.events import record
from commission_app.core.mailboxes import expect_address
from commission_app.core.policies import require
from commission_app.core.states import expect
from commission_app.core.tokens import hashed, new_token
from commission_app.sessions.agenda.models import AgendaItem
from commission_app.sessions.convening.guests.policies import can_invite_guest
from commission_app.sessions.convening.guests.queries import (
    GuestPage,
    Passage,
    closing,
    points_for_guests,
)
from commission_app.sessions.convening.models import Guest, GuestPoint
from commission_app.sessions.models import CommissionSession
from commission_app.sessions.states import SessionState

OPEN = frozenset({SessionState.PUBLISHED, SessionState.CONVENED, SessionState.LIVE})


def invite_guest(
    actor: User,
    day: CommissionSession,
    *,
    name: str,
    email: str,
    organisation: str,
    points: Collection[uuid.UUID],
) -> Guest:
    """Invite an expert for one or several points of a day; the coordination alone, until the day is over.

    The guest receives a personal link by mail. Refused without a point, and for a point that a guest may not
    read: a break, one postponed, a situation that is not shared with the whole commission; and with an
    address that no mail would reach.
    """
    require(can_invite_guest(actor, day))
    expect(day.state, OPEN, "Cette session n’attend pas d’invité.")
    if clock.now() >= closing(day):
        raise WrongStateError("Cette journée est passée : il n’y a plus personne à inviter.")
    expect_address(email)
    if not points:
        raise InvalidInputError("Choisissez au moins un point.", field="points")
    if not set(points) <= {item.id for item in points_for_guests(day)}:
        raise InvalidInputError("Un de ces points n’est plus ouvert aux invités.", field="points")
    guest = Guest(
        commission_session=day,
        invited_by_id=actor.id,
        name=name,
        email=email,
        organisation=organisation,
        token_hash=hashed(new_token()),  # nobody knows it: the mail opens the link
        points=[GuestPoint(agenda_item_id=item_id) for item_id in points],
    )
    db.session.add(guest)
    record(actor, "guest_invited", guest, points=len(points))
    return guest


def send_link_again(actor: User, guest: Guest) -> None:
    """Send the link once more; the coordination alone, while it may still open."""
    require(can_invite_guest(actor, guest.commission_session))
    _expect_standing(guest)
    record(actor, "guest_link_resent", guest)


def revoke_guest(actor: User, guest: Guest) -> None:
    """Take an invitation back: the link opens nothing from this instant, and the guest is told."""
    require(can_invite_guest(actor, guest.commission_session))
    _expect_standing(guest)
    guest.revoked_at = clock.now()
    record(actor, "guest_revoked", guest)


def read_point(page: GuestPage, passage: Passage) -> AgendaItem:
    """Note that a guest opens a point, without an account: each opening leaves a trace."""
    page.guest.read_at = clock.now()
    record(None, "guest_read", page.guest, item=str(passage.item.id))
    return passage.item


def forget_guest(actor: User | None, guest: Guest) -> None:
    """Forget who a guest was, for ever; the clock or the operator does it, without an account.

    That somebody of an organisation came, for which points, and what was read stays.
    """
    guest.name = guest.email = ""
    record(actor, "guest_forgotten", guest)


def _expect_standing(guest: Guest) -> None:
    if guest.revoked_at is not None:
        raise WrongStateError("Cette invitation est déjà retirée.")
    if clock.now() >= closing(guest.commission_session):
        raise WrongStateError("Cette journée est passée : le lien n’ouvre plus rien.")
