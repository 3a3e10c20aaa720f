"""Beside a part that is being written: what may already answer."""

from uuid import UUID

from flask import Blueprint, render_template

from commission_app.accounts.web import me
from commission_app.core.web import is_htmx
from commission_app.dossiers.queries import get_dossier
from commission_app.offers.answers.queries import answers_to

bp = Blueprint("answers", __name__)


@bp.get("/dossiers/<uuid:dossier_id>/pistes")
def show(dossier_id: UUID) -> str:
    """The offers and the solved situations, as a page or beside what is written."""
    dossier = get_dossier(me(), dossier_id)
    template = "offers/_answers.html" if is_htmx() else "offers/answers.html"
    return render_template(template, dossier=dossier, answers=answers_to(dossier))
