"""Importing and exporting a territory's offers."""

from uuid import UUID

from flask import Blueprint, Response, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from commission_app.accounts.queries import chosen_territory
from commission_app.accounts.web import me
from commission_app.core.db import commit
from commission_app.core.french import plural
from commission_app.core.tables import download
from commission_app.core.web import invalid, see
from commission_app.offers.forms import ImportForm
from commission_app.offers.inclusion.exports import offers_as_json
from commission_app.offers.inclusion.queries import open_offers
from commission_app.offers.inclusion.services import ImportFault, import_offers, note_export
from commission_app.offers.policies import COORDINATORS, READERS
from commission_app.territories.models import Territory

bp = Blueprint("inclusion", __name__, url_prefix="/offres")
PAGE = "offers/import.html"


@bp.get("/import")
def new() -> str:
    """A list to paste."""
    return render_template(PAGE, form=ImportForm(), territory=_territory(), faults=[])


@bp.post("/import")
def create() -> BaseResponse | tuple[str, int]:
    """Take it in, all of it or nothing."""
    territory, form = _territory(), ImportForm()
    if not form.validate():
        return invalid(PAGE, form=form, territory=territory, faults=[])
    try:
        done = import_offers(me(), territory, **form.payload())
    except ImportFault as fault:
        form.refuse(fault.message, field=fault.field)
        return invalid(PAGE, form=form, territory=territory, faults=fault.lines)
    commit()
    sentence = f"{plural(done.created, 'offre')} importées, {plural(done.changed, 'offre')} mises à jour."
    return see(url_for("offers.index", territoire=territory.id), sentence)


@bp.post("/export")
def export() -> Response:
    """The open offers of a territory in the data·inclusion schema; noted."""
    territory = chosen_territory(me(), request.args.get("territoire", type=UUID), *READERS)
    note_export(me(), territory, rows=len(open_offers(territory.id)))
    commit()
    return download(offers_as_json(territory), "offres-data-inclusion", "json")


def _territory() -> Territory:
    return chosen_territory(me(), request.args.get("territoire", type=UUID), *COORDINATORS)
