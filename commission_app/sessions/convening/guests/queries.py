"""The guests of a day, and what the link of one of them opens."""

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from commission_app.accounts.models import User
from commission_app.core import clock
from commission_app.core.db import db
from commission_app.core.errors import ExpiredLinkError, NotFoundError
from commission_app.core.french import hour
from commission_app.core.tokens import hashed
from commission_app.dossiers.models import Dossier
from commission_app.dossiers.presentation import Presentation, presentation_of
from commission_app.dossiers.queries import HEAD
from commission_app.dossiers.states import DossierState
from commission_app.sessions.agenda.models import AgendaItem
from commission_app.sessions.agenda.publication.queries import last_version
from commission_app.sessions.agenda.queries import agreements_by_dossier, items_of, schedule_of
from commission_app.sessions.convening.guests.policies import can_invite_guest, is_for_guests
from commission_app.sessions.convening.models import Guest
from commission_app.sessions.decisions.models import Decision, DecisionDraft
from commission_app.sessions.hours import day_of, local_moment
from commission_app.sessions.models import CommissionSession
from commission_app.sessions.queries import get_session
from commission_app.sessions.states import ItemState, SessionState

#: Until when a link opens on the day itself, unless the day ends later.
EVENING = time(21)
NOTHING_BEHIND = (
    "Ce lien d’invité n’ouvre rien : il est retiré, ou son heure est passée. "
    "Demandez un nouveau lien à la personne qui vous a invité."
)


@dataclass(frozen=True)
class Invited:
    """A guest as the coordination sees it: the points that still stand."""

    guest: Guest
    points: list[AgendaItem]


@dataclass(frozen=True)
class GuestPage:
    """What a link opens: the day, and the points that the guest may read."""

    guest: Guest
    day: CommissionSession
    points: list["Passage"]
    is_open: bool

    @property
    def opens_at(self) -> datetime:
        """The morning of the day before."""
        return opening(self.day)

    @property
    def closes_at(self) -> datetime:
        """The evening of the day."""
        return closing(self.day)

    @property
    def is_live(self) -> bool:
        """Whether the day is under way."""
        return self.day.state is SessionState.LIVE

    @property
    def current(self) -> "Passage | None":
        """The guest's point under way."""
        return next((one for one in self.points if one.item.state is ItemState.LIVE), None)


@dataclass(frozen=True)
class Passage:
    """One point of a guest with the hours at which it is expected now."""

    item: AgendaItem
    start: datetime
    end: datetime

    @property
    def span(self) -> str:
        """« 10 h 15 à 10 h 55 »."""
        return f"{hour(self.start)} à {hour(self.end)}"


@dataclass(frozen=True)
class Heard:
    """What a guest hears of the own points: decisions as (point, text), and the one being read back."""

    decided: list[tuple[uuid.UUID, str]]
    read_back: str

    def on(self, item: AgendaItem) -> list[str]:
        """The decisions that stand on a point."""
        return [text for item_id, text in self.decided if item_id == item.id]


def opening(day: CommissionSession) -> datetime:
    """From when the link of a guest opens."""
    return local_moment(day_of(day) - timedelta(days=1), time())


def closing(day: CommissionSession) -> datetime:
    """When it opens no more."""
    return max(local_moment(day_of(day), EVENING), day.ends_at)


def guests_of(day: CommissionSession) -> list[Invited]:
    """Everybody invited from outside, those revoked last, by name; two queries."""
    query = (
        select(Guest)
        .where(Guest.commission_session_id == day.id)
        .options(selectinload(Guest.points))
        .order_by(Guest.revoked_at.is_not(None), Guest.name, Guest.created_at)
    )
    guests = list(db.session.scalars(query))
    if not guests:
        return []
    items = items_of(day)
    return [Invited(guest, _named(guest, items)) for guest in guests]


def guests_to_forget(days: int) -> list[Guest]:
    """The guests of days that are over for so long, still known by name."""
    over = CommissionSession.ends_at <= clock.now() - timedelta(days=days)
    return list(
        db.session.scalars(select(Guest).join(Guest.commission_session).where(over, Guest.name != ""))
    )


def points_for_guests(day: CommissionSession) -> list[AgendaItem]:
    """The points of a day for which a guest may be invited."""
    items = items_of(day)
    agreements = agreements_by_dossier([item.dossier_id for item in items if item.dossier_id])
    return [
        item
        for item in items
        if is_for_guests(item, agreements.get(item.dossier_id) if item.dossier_id else None)
    ]


def get_guest(actor: User, session_id: uuid.UUID, guest_id: uuid.UUID) -> Guest:
    """A guest of a day that the actor prepares; raises NotFoundError otherwise."""
    day = get_session(actor, session_id)
    guest = db.session.get(Guest, guest_id)
    if guest is None or guest.commission_session_id != day.id or not can_invite_guest(actor, day):
        raise NotFoundError()
    return guest


def guest_behind(token: str) -> GuestPage:
    """The page behind a guest's link, read afresh: a point whose agreement ended has left it.

    Raises ExpiredLinkError alike for a link that never was, was revoked, or whose evening has passed. Before
    the day before, the page is there and holds no point.
    """
    return page_of(guest_with(token))


def guest_with(token: str) -> Guest | None:
    """Whose link this is, open or not."""
    query = select(Guest).where(Guest.token_hash == hashed(token)).options(selectinload(Guest.points))
    return db.session.scalar(query)


def page_of(guest: Guest | None) -> GuestPage:
    """What the link of a guest opens at this moment; raises ExpiredLinkError when it opens nothing."""
    if guest is None or guest.revoked_at is not None:
        raise ExpiredLinkError(NOTHING_BEHIND)
    day = guest.commission_session
    if day.state in {SessionState.CANCELLED, SessionState.PROPOSED} or clock.now() >= closing(day):
        raise ExpiredLinkError(NOTHING_BEHIND)
    is_open = clock.now() >= opening(day)
    return GuestPage(guest, day, _passages(guest, day) if is_open else [], is_open)


def follows_live(guest: Guest | None, day_id: uuid.UUID) -> bool:
    """Whether a guest hears that something happened on this day: while it is under way, the link opens, and
    one of the points may still be read."""
    if guest is None or guest.commission_session_id != day_id:
        return False
    try:
        page = page_of(guest)
    except ExpiredLinkError:
        return False
    return page.is_live and bool(page.points)


def guests_still_open(ids: Collection[uuid.UUID]) -> set[uuid.UUID]:
    """Which of these guests have a link that is neither taken back nor over."""
    if not ids:
        return set()
    guests = db.session.scalars(
        select(Guest)
        .where(Guest.id.in_(ids), Guest.revoked_at.is_(None))
        .options(joinedload(Guest.commission_session))
    )
    return {guest.id for guest in guests if clock.now() < closing(guest.commission_session)}


def heard_on(page: GuestPage) -> Heard:
    """What is decided on the guest's own points, and what the room reads at this moment on the one under
    way."""
    ids = [passage.item.id for passage in page.points]
    replaced = select(Decision.replaces_id).where(Decision.replaces_id.is_not(None))
    decided = select(Decision).where(Decision.agenda_item_id.in_(ids), Decision.id.not_in(replaced))
    under_way = page.current.item.id if page.current else None
    read = select(DecisionDraft).where(
        DecisionDraft.agenda_item_id == under_way, DecisionDraft.read_back_at.is_not(None)
    )
    draft = db.session.scalar(read)
    return Heard(
        decided=[
            (one.agenda_item_id, one.text) for one in db.session.scalars(decided.order_by(Decision.number))
        ],
        read_back=draft.text if draft is not None else "",
    )


def presentation_for(page: GuestPage, item_id: uuid.UUID) -> tuple[Passage, Presentation | None]:
    """One of the guest's points with what is presented there; any other point does not exist."""
    passage = next((one for one in page.points if one.item.id == item_id), None)
    if passage is None:
        raise ExpiredLinkError(NOTHING_BEHIND)
    if passage.item.dossier_id is None:
        return passage, None
    query = select(Dossier).where(Dossier.id == passage.item.dossier_id).options(*HEAD)
    return passage, presentation_of(db.session.scalars(query).unique().one())


def _named(guest: Guest, items: Sequence[AgendaItem]) -> list[AgendaItem]:
    wanted = {point.agenda_item_id for point in guest.points}
    return [item for item in items if item.id in wanted and not _is_withdrawn(item)]


def _is_withdrawn(item: AgendaItem) -> bool:
    return item.dossier is not None and item.dossier.state is DossierState.WITHDRAWN


def _passages(guest: Guest, day: CommissionSession) -> list[Passage]:
    wanted = {point.agenda_item_id for point in guest.points}
    readable = {item.id for item in points_for_guests(day)} & wanted
    if not readable:
        return []
    found = [slot for slot in _slots(day) if slot.item.id in readable]
    return sorted(found, key=lambda passage: passage.start)


def _slots(day: CommissionSession) -> list[Passage]:
    """On the day, the hours as they run; before, those that were published."""
    is_live = day.state is SessionState.LIVE
    slots = schedule_of(items_of(day), day, clock.now() if is_live else None)
    version = None if is_live else last_version(day)
    told = {point["item_id"]: point for point in version.content} if version else {}
    return [_passage(slot.item, slot.start, slot.end, told.get(str(slot.item.id))) for slot in slots]


def _passage(item: AgendaItem, start: datetime, end: datetime, published: dict[str, str] | None) -> Passage:
    if published is None:
        return Passage(item, start, end)
    return Passage(
        item, datetime.fromisoformat(published["starts"]), datetime.fromisoformat(published["ends"])
    )
