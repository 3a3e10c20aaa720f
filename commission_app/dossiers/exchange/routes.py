"""Precisions asked and answered, talks wished and held."""

from typing import Any
from uuid import UUID

from flask import Blueprint, render_template, url_for

from commission_app.accounts.web import me
from commission_app.core.db import commit
from commission_app.core.errors import NotFoundError
from commission_app.core.web import invalid, see
from commission_app.dossiers import acts
from commission_app.dossiers.forms import AnswerForm, ExchangeForm, PrecisionForm
from commission_app.dossiers.queries import get_dossier, get_dossier_to_change
from commission_app.dossiers.services import answer_remark, ask_precision, hold_exchange, wish_exchange

bp = Blueprint("exchange", __name__)


def _page_of(dossier_id: UUID) -> str:
    return url_for("dossiers.show", dossier_id=dossier_id)


@bp.get("/dossiers/<uuid:dossier_id>/precisions")
def precisions(dossier_id: UUID) -> str:
    """The form of the precisions to ask."""
    actor = me()
    dossier = get_dossier(actor, dossier_id)
    if not acts.can_ask_precision(actor, dossier):
        raise NotFoundError()
    return render_template("dossiers/precisions.html", dossier=dossier, form=PrecisionForm())


@bp.post("/dossiers/<uuid:dossier_id>/precisions")
def ask(dossier_id: UUID) -> Any:
    """Ask for precisions: the dossier goes back to its référent."""
    dossier = get_dossier_to_change(me(), dossier_id)
    form = PrecisionForm()
    if not form.validate():
        return invalid("dossiers/precisions.html", dossier=dossier, form=form)
    ask_precision(me(), dossier, remarks=form.remarks())
    commit()
    return see(_page_of(dossier_id), "Les précisions sont demandées. Le référent d’étape est prévenu.")


@bp.get("/dossiers/<uuid:dossier_id>/precisions/<uuid:remark_id>")
def remark(dossier_id: UUID, remark_id: UUID) -> str:
    """One precision and the form of its answer."""
    dossier = get_dossier(me(), dossier_id)
    asked = next((one for one in dossier.remarks if one.id == remark_id), None)
    if asked is None:
        raise NotFoundError()
    form = AnswerForm(data={"answer": asked.answer})
    return render_template("dossiers/remark.html", dossier=dossier, remark=asked, form=form)


@bp.post("/dossiers/<uuid:dossier_id>/precisions/<uuid:remark_id>")
def answer(dossier_id: UUID, remark_id: UUID) -> Any:
    """Answer one precision."""
    dossier = get_dossier_to_change(me(), dossier_id)
    asked = next((one for one in dossier.remarks if one.id == remark_id), None)
    if asked is None:
        raise NotFoundError()
    form = AnswerForm()
    if not form.validate():
        return invalid("dossiers/remark.html", dossier=dossier, remark=asked, form=form)
    answer_remark(me(), dossier, remark_id=remark_id, **form.payload())
    commit()
    return see(_page_of(dossier_id), "Votre réponse est enregistrée.")


@bp.post("/dossiers/<uuid:dossier_id>/echange-souhaite")
def wish(dossier_id: UUID) -> Any:
    """Ask the coordination to talk."""
    wish_exchange(me(), get_dossier_to_change(me(), dossier_id))
    commit()
    return see(_page_of(dossier_id), "La coordination est prévenue : elle vous contactera.")


@bp.get("/dossiers/<uuid:dossier_id>/echange")
def talk(dossier_id: UUID) -> str:
    """The form of a talk that was held."""
    actor = me()
    dossier = get_dossier(actor, dossier_id)
    if not acts.can_note_exchange(actor, dossier):
        raise NotFoundError()
    return render_template("dossiers/exchange.html", dossier=dossier, form=ExchangeForm())


@bp.post("/dossiers/<uuid:dossier_id>/echange")
def hold(dossier_id: UUID) -> Any:
    """Write a talk down."""
    dossier = get_dossier_to_change(me(), dossier_id)
    form = ExchangeForm()
    if not form.validate():
        return invalid("dossiers/exchange.html", dossier=dossier, form=form)
    hold_exchange(me(), dossier, **form.payload())
    commit()
    return see(_page_of(dossier_id), "L’échange est noté.")
