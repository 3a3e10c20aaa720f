"""The agreement on a page of its own: what was said, until when, and how to take it back."""

from typing import Any
from uuid import UUID

from flask import Blueprint, render_template, url_for

from commission_app.accounts.web import me
from commission_app.core.db import commit, rollback
from commission_app.core.errors import InvalidInputError, NotFoundError
from commission_app.core.web import invalid, see
from commission_app.dossiers.agreement.queries import agreements_of, current_agreement, information_of
from commission_app.dossiers.agreement.services import (
    OVER,
    record_agreement,
    record_information,
    withdraw_agreement,
)
from commission_app.dossiers.agreement.texts import CURRENT
from commission_app.dossiers.models import Dossier
from commission_app.dossiers.person.forms import AgreementFields
from commission_app.dossiers.policies import can_collect_agreement, can_withdraw_agreement
from commission_app.dossiers.queries import get_dossier, get_dossier_to_change

bp = Blueprint("agreement", __name__)


def _form(dossier: Dossier) -> AgreementFields:
    form = AgreementFields()
    form.offer_structures(dossier)
    return form


def _context(dossier: Dossier, form: AgreementFields) -> dict[str, Any]:
    actor = me()
    names = {str(one.id): one.name for one in dossier.territory.structures}
    standing = any(one.withdrawn_at is None for one in agreements_of(dossier.id))
    return {
        "dossier": dossier,
        "form": form,
        "text": CURRENT,
        "told": information_of(dossier.id),
        "agreements": agreements_of(dossier.id),
        "names_of": lambda scope: [names[one] for one in scope if one in names],
        "can_collect": can_collect_agreement(actor, dossier) and dossier.state not in OVER,
        "can_withdraw": standing and can_withdraw_agreement(actor, dossier),
    }


@bp.get("/dossiers/<uuid:dossier_id>/accord")
def show(dossier_id: UUID) -> str:
    """What the person was told and agreed to, and the text to read with the person."""
    dossier = get_dossier(me(), dossier_id)
    return render_template("dossiers/agreement.html", **_context(dossier, _form(dossier)))


@bp.post("/dossiers/<uuid:dossier_id>/accord")
def save(dossier_id: UUID) -> Any:
    """Write down an information, an agreement, or both."""
    dossier = get_dossier_to_change(me(), dossier_id)
    form = _form(dossier)
    if not form.validate():
        return invalid("dossiers/agreement.html", **_context(dossier, form))
    if form.information() is None and form.agreement() is None:
        form.refuse("Indiquez la date de l’accord de partage", field="agreed_on")
        return invalid("dossiers/agreement.html", **_context(dossier, form))
    try:
        if told := form.information():
            record_information(me(), dossier, **told)
        if agreed := form.agreement():
            record_agreement(me(), dossier, **agreed)
    except InvalidInputError as refusal:
        rollback()  # before the page reads what is there: the information of this form is not
        form.refuse(refusal.message, field=refusal.field)
        return invalid("dossiers/agreement.html", **_context(dossier, form))
    commit()
    return see(url_for("dossiers.agreement.show", dossier_id=dossier.id), "C’est noté.")


@bp.get("/dossiers/<uuid:dossier_id>/accord/retrait")
def confirm(dossier_id: UUID) -> str:
    """What will happen when the agreement is taken back."""
    dossier = get_dossier(me(), dossier_id)
    if current_agreement(dossier.id) is None:
        raise NotFoundError()
    return render_template("dossiers/agreement_withdrawal.html", dossier=dossier)


@bp.post("/dossiers/<uuid:dossier_id>/accord/retrait")
def withdraw(dossier_id: UUID) -> Any:
    """Take the agreement back: the dossier is withdrawn at once."""
    dossier = get_dossier_to_change(me(), dossier_id)
    withdraw_agreement(me(), dossier)
    commit()
    return see(
        url_for("dossiers.show", dossier_id=dossier.id), "L’accord est retiré. Le dossier n’est plus partagé."
    )
