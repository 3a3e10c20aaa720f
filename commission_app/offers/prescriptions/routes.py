"""Counting what was prescribed on an offer."""

from uuid import UUID

from flask import Blueprint, url_for
from werkzeug.wrappers import Response

from commission_app.accounts.web import me
from commission_app.core.db import commit
from commission_app.core.web import invalid, see
from commission_app.offers.forms import PrescriptionForm
from commission_app.offers.prescriptions.queries import last_months
from commission_app.offers.prescriptions.services import count_prescriptions
from commission_app.offers.queries import get_offer
from commission_app.offers.routes import offer_context

bp = Blueprint("prescriptions", __name__)


@bp.post("/offres/<uuid:offer_id>/prescriptions")
def create(offer_id: UUID) -> Response | tuple[str, int]:
    """Say how many persons the own structure sent in a month."""
    offer = get_offer(me(), offer_id)
    form = PrescriptionForm().offer(last_months())
    if not form.validate():
        return invalid("offers/show.html", **offer_context(offer, count_form=form))
    count_prescriptions(me(), offer, **form.payload())
    commit()
    return see(url_for("offers.show", offer_id=offer_id), "Les prescriptions du mois sont comptées.")
