"""Hands, arrivals and departures, ideas kept for later, and the device link of the room screen."""

import uuid

from sqlalchemy import Select, select

from commission_app.accounts.models import User
from commission_app.core import clock
from commission_app.core.db import db
from commission_app.core.errors import InvalidInputError, NotFoundError, WrongStateError
from commission_app.core.events import record
from commission_app.core.policies import require
from commission_app.core.tokens import hashed, new_token
from commission_app.sessions.day.leading import expect_live
from commission_app.sessions.day.models import Attendance, ParkedIdea, ScreenLink, SpeakRequest
from commission_app.sessions.day.policies import can_run_day, can_take_part
from commission_app.sessions.day.queries import current_item, hold, invitation_of, presence_of
from commission_app.sessions.models import CommissionSession
from commission_app.sessions.policies import can_prepare_session
from commission_app.sessions.states import ParkedKind

ONLY_FACILITATORS = "Seuls les deux co-animateurs le font."
#: What the members of the commission may put forward; the rest is the facilitators'.
MEMBERS_KINDS = frozenset({ParkedKind.SOLUTION, ParkedKind.TAKEN})


def raise_hand(actor: User, day: CommissionSession) -> None:
    """Ask to speak; who already waits stays at the same place."""
    require(can_take_part(actor, day))
    hold(day)
    expect_live(day)
    if _hand_of(actor.id, day) is not None:
        return
    hand = SpeakRequest(commission_session_id=day.id, user_id=actor.id, structure_id=actor.structure_id)
    db.session.add(hand)
    record(actor, "hand_raised", hand)


def lower_hand(actor: User, day: CommissionSession) -> None:
    """Ask no more; nothing happens when no hand is up."""
    require(can_take_part(actor, day))
    hold(day)
    hand = _hand_of(actor.id, day)
    if hand is not None:
        hand.lowered_at = clock.now()
        record(actor, "hand_lowered", hand)


def give_floor_to(actor: User, day: CommissionSession, *, hand_id: uuid.UUID) -> None:
    """Let somebody speak; who spoke before comes off the list. Either facilitator may."""
    require(can_run_day(actor, day), ONLY_FACILITATORS)
    hold(day)
    expect_live(day)
    hand = _waiting_hand(day, hand_id)
    for speaking in db.session.scalars(_open_hands(day).where(SpeakRequest.given_at.is_not(None))):
        speaking.lowered_at = clock.now()
    hand.given_at = clock.now()
    record(actor, "hand_answered", hand)


def clear_hand(actor: User, day: CommissionSession, *, hand_id: uuid.UUID) -> None:
    """Take somebody off the speaking list once heard. Either facilitator may."""
    require(can_run_day(actor, day), ONLY_FACILITATORS)
    hold(day)
    hand = _waiting_hand(day, hand_id)
    hand.lowered_at = clock.now()
    record(actor, "hand_cleared", hand)


def check_in(actor: User, day: CommissionSession, *, user_id: uuid.UUID, stands_in: str = "") -> None:
    """Note that somebody invited arrived, or who came instead; who comes back begins a new spell of
    presence."""
    require(can_run_day(actor, day), ONLY_FACILITATORS)
    hold(day)
    expect_live(day)
    if presence_of(day, user_id) is not None:
        raise WrongStateError("Cette personne est déjà pointée.")
    begin_presence(actor, day, user_id=user_id, stands_in=stands_in)


def begin_presence(actor: User, day: CommissionSession, *, user_id: uuid.UUID, stands_in: str = "") -> None:
    """Begin a spell of presence for the structure invited; who is not invited does not exist. Its callers
    have checked who may."""
    invitation = invitation_of(day, user_id)
    if invitation is None:
        raise NotFoundError()
    spell = Attendance(
        commission_session_id=day.id,
        user_id=user_id,
        structure_id=invitation.structure_id,
        stands_in=stands_in.strip()[:120],
    )
    db.session.add(spell)
    record(actor, "attendance_began", spell, replaced=bool(stands_in.strip()))


def check_out(actor: User, day: CommissionSession, *, user_id: uuid.UUID) -> None:
    """Note that somebody left. Refused for who was not there."""
    require(can_run_day(actor, day), ONLY_FACILITATORS)
    hold(day)
    expect_live(day)
    spell = presence_of(day, user_id)
    if spell is None:
        raise WrongStateError("Cette personne n’est pas pointée.")
    spell.left_at = clock.now()
    record(actor, "attendance_ended", spell)


def park_idea(actor: User, day: CommissionSession, *, kind: ParkedKind, text: str) -> ParkedIdea:
    """Keep an idea for later, on the point under way.

    Members put forward a solution or an action that their structure takes; the facilitators keep what is to
    be modelled and new actions. An empty text is refused.
    """
    allowed = can_take_part(actor, day) if kind in MEMBERS_KINDS else can_run_day(actor, day)
    require(allowed, ONLY_FACILITATORS)
    hold(day)
    expect_live(day)
    if not text.strip():
        raise InvalidInputError("Écrivez l’idée en quelques mots.", field="text")
    item = current_item(day)
    idea = ParkedIdea(
        commission_session_id=day.id,
        agenda_item_id=item.id if item else None,
        kind=kind,
        text=text.strip()[:300],
        author_id=actor.id,
    )
    db.session.add(idea)
    record(actor, "idea_parked", idea, kind=kind.value)
    return idea


def handle_idea(actor: User, day: CommissionSession, *, idea_id: uuid.UUID) -> None:
    """Take an idea off the list once something was made of it. Either facilitator may."""
    require(can_run_day(actor, day), ONLY_FACILITATORS)
    hold(day)
    idea = db.session.get(ParkedIdea, idea_id)
    if idea is None or idea.commission_session_id != day.id:
        raise NotFoundError()
    idea.handled_at = idea.handled_at or clock.now()
    record(actor, "idea_handled", idea)


def create_screen_link(actor: User, day: CommissionSession) -> str:
    """Make the device link of the room screen and give its secret, shown once; the one before it dies.

    The two facilitators and the coordination may.
    """
    require(can_run_day(actor, day) or can_prepare_session(actor, day), ONLY_FACILITATORS)
    hold(day)
    _end_screen_links(day)
    token = new_token()
    link = ScreenLink(commission_session_id=day.id, token_hash=hashed(token), made_by_id=actor.id)
    db.session.add(link)
    record(actor, "screen_link_created", link)
    return token


def revoke_screen_links(actor: User, day: CommissionSession) -> None:
    """Withdraw the room screen's link: the screen goes dark within a second."""
    require(can_run_day(actor, day) or can_prepare_session(actor, day), ONLY_FACILITATORS)
    hold(day)
    _end_screen_links(day)
    record(actor, "screen_link_revoked", day)


def _end_screen_links(day: CommissionSession) -> None:
    open_links = select(ScreenLink).where(
        ScreenLink.commission_session_id == day.id, ScreenLink.revoked_at.is_(None)
    )
    for link in db.session.scalars(open_links):
        link.revoked_at = clock.now()


def _open_hands(day: CommissionSession) -> Select[SpeakRequest]:
    return select(SpeakRequest).where(
        SpeakRequest.commission_session_id == day.id, SpeakRequest.lowered_at.is_(None)
    )


def _hand_of(user_id: uuid.UUID, day: CommissionSession) -> SpeakRequest | None:
    return db.session.scalar(_open_hands(day).where(SpeakRequest.user_id == user_id))


def _waiting_hand(day: CommissionSession, hand_id: uuid.UUID) -> SpeakRequest:
    hand = db.session.scalar(_open_hands(day).where(SpeakRequest.id == hand_id))
    if hand is None:
        raise NotFoundError()
    return hand
