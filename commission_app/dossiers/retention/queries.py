"""Which dossiers come to the end of their time."""

import uuid
from calendar import monthrange
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, select

from commission_app.core import clock
from commission_app.core.db import db
from commission_app.core.vault.store import key_store
from commission_app.dossiers.models import Dossier
from commission_app.dossiers.states import DossierState

OVER = frozenset({DossierState.CLOSED, DossierState.WITHDRAWN})
BATCH = 200


def months_before(moment: datetime, months: int) -> datetime:
    """The same moment so many months earlier, or the last day of that month."""
    total = moment.year * 12 + moment.month - 1 - months
    year, month = divmod(total, 12)
    day = min(moment.day, monthrange(year, month + 1)[1])
    return moment.replace(year=year, month=month + 1, day=day)


def announced_next(months: int, notice_days: int, limit: int = BATCH) -> list[Dossier]:
    """Dossiers that are erased in `notice_days` and whose référent was not told yet."""
    ended = months_before(clock.now() + timedelta(days=notice_days), months)
    return _over(Dossier.erasure_told_at.is_(None), Dossier.state_since <= ended, limit=limit)


def erased_next(months: int, notice_days: int, limit: int = BATCH) -> list[Dossier]:
    """Dossiers whose time is over and whose référent was told long enough ago."""
    told = clock.now() - timedelta(days=notice_days)
    ended = months_before(clock.now(), months)
    return _over(Dossier.erasure_told_at <= told, Dossier.state_since <= ended, limit=limit)


def dossier_with_code(code: str) -> Dossier | None:
    """A dossier that is not erased, by its code, for the operator."""
    return db.session.scalar(select(Dossier).where(Dossier.code == code, Dossier.erased_at.is_(None)))


def come_back_from_a_backup() -> list[Dossier]:
    """Dossiers that stand unerased although their key is destroyed: an older backup was put back."""
    gone = list(key_store().destroyed())
    found: list[Dossier] = []
    for start in range(0, len(gone), BATCH):
        some = Dossier.id.in_(gone[start : start + BATCH])
        found += db.session.scalars(select(Dossier).where(some, Dossier.erased_at.is_(None)))
    return found


def keys_left_over() -> list[uuid.UUID]:
    """Erased dossiers whose key still stands: the process died between the two."""
    erased = list(db.session.scalars(select(Dossier.id).where(Dossier.erased_at.is_not(None))))
    return [dossier_id for dossier_id, key in key_store().load(erased).items() if key is not None]


def _over(*criteria: ColumnElement[bool], limit: int) -> list[Dossier]:
    return list(
        db.session.scalars(
            select(Dossier)
            .where(Dossier.state.in_(OVER), Dossier.erased_at.is_(None), *criteria)
            .order_by(Dossier.state_since)
            .limit(limit)
        )
    )
