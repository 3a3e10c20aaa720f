"""Prescriptions of an offer, month by month."""

import uuid
from datetime import date

from babel.dates import format_date
from sqlalchemy import func, select

from commission_app.core import clock
from commission_app.core.db import db
from commission_app.offers.models import Prescription

MONTHS = 12


def last_months(count: int = MONTHS) -> list[date]:
    """The first days of the last months, the present one last."""
    day = clock.today()
    numbers = range(day.year * 12 + day.month - count, day.year * 12 + day.month)
    return [date(number // 12, number % 12 + 1, 1) for number in numbers]


def month_label(month: date) -> str:
    """« sept. », for a picture."""
    return format_date(month, "MMM", locale="fr")


def prescriptions_by_month(offer_id: uuid.UUID) -> list[tuple[date, int]]:
    """How many persons all structures together sent to an offer, for each of the last months."""
    months = last_months()
    query = (
        select(Prescription.month, func.sum(Prescription.count))
        .where(Prescription.offer_id == offer_id, Prescription.month >= months[0])
        .group_by(Prescription.month)
    )
    found = dict(db.session.execute(query).all())
    return [(month, int(found.get(month, 0))) for month in months]


def find_prescription(
    offer_id: uuid.UUID, structure_id: uuid.UUID | None, month: date
) -> Prescription | None:
    """What a structure counted for a month."""
    query = select(Prescription).where(
        Prescription.offer_id == offer_id,
        Prescription.structure_id == structure_id,
        Prescription.month == month,
    )
    return db.session.scalars(query).one_or_none()
