"""What every act of a live day asks first: that the day is under way, that its author leads it, on what it
stands."""

import uuid

from commission_app.accounts.models import User
from commission_app.core.errors import StaleError, WrongStateError
from commission_app.core.policies import require
from commission_app.sessions.day.policies import can_run_day, holds_floor
from commission_app.sessions.day.queries import current_item, hold
from commission_app.sessions.models import CommissionSession
from commission_app.sessions.states import SessionState

CLOSED_DAY = "Cette journée n’est pas en direct."


def expect_live(day: CommissionSession) -> None:
    """Refuse an act on a day that has not begun or has ended; for the services of the live day."""
    if day.state is not SessionState.LIVE:
        raise WrongStateError(CLOSED_DAY)


def lead(actor: User, day: CommissionSession) -> None:
    """Take the day's lock for who holds the floor; a refusal names the holder."""
    require(can_run_day(actor, day), "Seuls les deux co-animateurs mènent la journée.")
    hold(day)
    expect_live(day)
    if not holds_floor(actor, day):
        holder = day.floor.full_name if day.floor else "Votre co-animateur"
        require(False, f"{holder} a la main. Prenez la main, puis recommencez.")


def expect_current(day: CommissionSession, seen_id: uuid.UUID | None) -> None:
    """Refuse an act on a point that is no longer the one its author saw under way."""
    current = current_item(day)
    if seen_id != (current.id if current else None):
        raise StaleError("Le point en cours a déjà changé : regardez où en est la journée, puis recommencez.")
