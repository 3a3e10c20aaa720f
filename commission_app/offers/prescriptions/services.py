"""Counting prescriptions."""

from datetime import date

from commission_app.accounts.models import User
from commission_app.core import clock
from commission_app.core.db import db
from commission_app.core.errors import InvalidInputError
from commission_app.core.events import record
from commission_app.core.policies import require
from commission_app.core.states import expect
from commission_app.offers.models import Offer, Prescription
from commission_app.offers.policies import can_prescribe
from commission_app.offers.prescriptions.queries import find_prescription
from commission_app.offers.states import OfferState

#: States of an offer in which prescriptions are counted.
COUNTED = frozenset({OfferState.OPEN, OfferState.CLOSED})
EARLY = "Les prescriptions se comptent une fois l’offre ouverte."


def count_prescriptions(actor: User, offer: Offer, *, month: date, count: int) -> None:
    """Say how many persons the actor's structure sent to an offer in a month; said again, it replaces.

    Zero takes the count away. Refused before the offer was ever open, and for months to come.
    """
    require(can_prescribe(actor, offer), "Il faut agir sur ce territoire pour une structure.")
    expect(
        offer.state,
        {OfferState.OPEN, OfferState.CLOSED},
        EARLY,
    )
    month = month.replace(day=1)
    if month > clock.today():
        raise InvalidInputError("Ce mois n’est pas encore commencé.", field="month")
    if not 0 <= count <= 10_000:
        raise InvalidInputError("Écrivez un nombre entre 0 et 10 000.", field="count")
    _write(actor, offer, month, count)
    record(actor, "prescriptions_counted", offer, month=month.isoformat(), count=count)


def _write(actor: User, offer: Offer, month: date, count: int) -> None:
    row = find_prescription(offer.id, actor.structure_id, month)
    if row is not None and count:
        row.count, row.author_id = count, actor.id
    elif row is not None:
        db.session.delete(row)
    elif count:
        db.session.add(
            Prescription(
                offer_id=offer.id,
                structure_id=actor.structure_id,
                month=month,
                count=count,
                author_id=actor.id,
            )
        )
