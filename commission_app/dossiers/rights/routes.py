"""The rights of the person on one page: the own link, a copy of everything, corrections."""

from typing import Any
from uuid import UUID

from flask import Blueprint, Response, render_template, request, url_for

from commission_app.accounts.web import me
from commission_app.core.db import commit
from commission_app.core.errors import InvalidInputError
from commission_app.core.web import absolute_url, invalid, see
from commission_app.dossiers.models import Dossier
from commission_app.dossiers.personal.forms import AskForm, LinkForm
from commission_app.dossiers.personal.models import PersonLink
from commission_app.dossiers.personal.policies import can_give_link
from commission_app.dossiers.personal.queries import living_link
from commission_app.dossiers.personal.services import give_link, revoke_link
from commission_app.dossiers.queries import get_dossier, get_dossier_to_change
from commission_app.dossiers.rights.exports import access_json, access_pdf
from commission_app.dossiers.rights.forms import CorrectionAnswerForm
from commission_app.dossiers.rights.policies import can_answer_right
from commission_app.dossiers.rights.queries import corrections_of, get_correction
from commission_app.dossiers.rights.services import answer_correction, ask_correction, export_for

bp = Blueprint("rights", __name__)
PAGE = "dossiers/rights.html"
STANDS = (
    "Un lien vient d’être fait : il reste ouvert et ne s’affiche qu’une fois. S’il est perdu, faites-en un "
    "nouveau."
)


def _context(dossier: Dossier, **more: Any) -> dict[str, Any]:
    actor, link = me(), living_link(dossier.id)
    shown = {
        "dossier": dossier, "link": link, "can_give": can_give_link(actor, dossier),
        "can_answer": can_answer_right(actor, dossier), "corrections": corrections_of(dossier.id),
        "length": LinkForm(formdata=None), "ask": AskForm(), "answer": CorrectionAnswerForm(), "given": None,
        **more,
    }  # fmt: skip
    shown["length"].follows.raw_data, shown["length"].follows.data = None, _standing(link)
    return shown


def _standing(link: PersonLink | None) -> str:
    """What the form says of the link that stands."""
    return str(link.id) if link is not None else ""


def _page_of(dossier_id: UUID) -> str:
    return url_for("dossiers.rights.show", dossier_id=dossier_id)


@bp.get("/dossiers/<uuid:dossier_id>/droits")
def show(dossier_id: UUID) -> str:
    """What the person may ask for, and where each stands."""
    return render_template(PAGE, **_context(get_dossier(me(), dossier_id)))


@bp.post("/dossiers/<uuid:dossier_id>/droits/lien")
def give(dossier_id: UUID) -> Any:
    """Make the link and show it this once, with the secret to tell; the same form sent again leaves it."""
    dossier = get_dossier_to_change(me(), dossier_id)
    form = LinkForm()
    if not form.validate():
        return invalid(PAGE, **_context(dossier, length=form))
    if form.follows.data != _standing(living_link(dossier.id)):
        return see(_page_of(dossier_id), STANDS)
    token, secret = give_link(me(), dossier, days=form.days.data)
    commit()
    url = absolute_url("dossiers.personal.show", token=token)
    return render_template(PAGE, **_context(dossier, given=(url, secret)))


@bp.post("/dossiers/<uuid:dossier_id>/droits/lien/retrait")
def revoke(dossier_id: UUID) -> Any:
    """Close the link."""
    revoke_link(me(), get_dossier_to_change(me(), dossier_id))
    commit()
    return see(_page_of(dossier_id), "Le lien n’ouvre plus rien.")


@bp.post("/dossiers/<uuid:dossier_id>/droits/copie")
def export(dossier_id: UUID) -> Response:
    """Everything that is kept, as a PDF to hand over or as data."""
    dossier = get_dossier_to_change(me(), dossier_id)
    content = export_for(me(), dossier)
    as_data = request.form.get("format") == "json"
    body = access_json(content) if as_data else access_pdf(content)
    name = f"dossier-{dossier.code}.{'json' if as_data else 'pdf'}"
    commit()
    return Response(
        body,
        mimetype="application/json" if as_data else "application/pdf",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@bp.post("/dossiers/<uuid:dossier_id>/droits/corrections")
def ask(dossier_id: UUID) -> Any:
    """Write down a correction that the person asked for."""
    dossier = get_dossier_to_change(me(), dossier_id)
    form = AskForm()
    if not form.validate():
        return invalid(PAGE, **_context(dossier, ask=form))
    ask_correction(me(), dossier, **form.payload())
    commit()
    return see(_page_of(dossier_id), "La demande est notée. Les parties sont ouvertes pour corriger.")


@bp.post("/dossiers/<uuid:dossier_id>/droits/corrections/<uuid:correction_id>")
def answer(dossier_id: UUID, correction_id: UUID) -> Any:
    """Answer a correction."""
    dossier = get_dossier_to_change(me(), dossier_id)
    correction, form = get_correction(dossier, correction_id), CorrectionAnswerForm()
    if form.validate():
        try:
            is_done = form.outcome.data == "done"
            answer_correction(me(), correction, is_done=is_done, answer=form.answer.data or "")
            commit()
            return see(_page_of(dossier_id), "Votre réponse est notée : la personne la lira.")
        except InvalidInputError as refusal:
            form.refuse(refusal.message, field=refusal.field)
    return invalid(PAGE, **_context(dossier, answer=form))
