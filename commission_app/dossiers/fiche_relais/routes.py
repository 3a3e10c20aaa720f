"""The fiche relais: prepared from the dossier, completed, sent, accepted, met, printed."""

from typing import Any
from uuid import UUID

from flask import Blueprint, Response, render_template, url_for

from commission_app.accounts.web import me
from commission_app.core.db import commit, rollback
from commission_app.core.errors import InvalidInputError, StaleError
from commission_app.core.web import invalid, see
from commission_app.dossiers.fiche_relais import policies
from commission_app.dossiers.fiche_relais.exports import content_of, fiche_pdf
from commission_app.dossiers.fiche_relais.forms import AppointmentForm, FicheForm, MeetingForm
from commission_app.dossiers.fiche_relais.models import FicheRelais
from commission_app.dossiers.fiche_relais.queries import get_fiche
from commission_app.dossiers.fiche_relais.services import (
    accept_fiche,
    date_meeting,
    note_first_appointment,
    prepare_fiche,
    save_fiche,
    send_fiche,
)
from commission_app.dossiers.models import Person
from commission_app.dossiers.person.queries import get_person
from commission_app.dossiers.person.routes import noting
from commission_app.dossiers.person.services import note_own_reading
from commission_app.dossiers.queries import get_dossier_to_change
from commission_app.dossiers.states import FicheState

bp = Blueprint("fiche_relais", __name__)


def _page_of(fiche: FicheRelais) -> str:
    return url_for("dossiers.fiche_relais.show", fiche_id=fiche.id)


def _person_for(fiche: FicheRelais) -> Person | None:
    """The identity, for the référent of the dossier alone; the reading is noted."""
    if not policies.can_read_name_on_fiche(me(), fiche):
        return None
    note_own_reading(me(), fiche.dossier)
    return get_person(me(), fiche.dossier)


def _form(fiche: FicheRelais) -> FicheForm:
    form = FicheForm(obj=fiche)
    form.offer_people(fiche)
    return form


def _context(fiche: FicheRelais, **more: Any) -> dict[str, Any]:
    actor = me()
    can_date = policies.can_date_fiche(actor, fiche)
    under_way = {FicheState.SENT, FicheState.ACCEPTED}
    return {
        "fiche": fiche,
        "dossier": fiche.dossier,
        "sections": content_of(fiche, _person_for(fiche))["sections"],
        "can_accept": policies.can_accept_fiche(actor, fiche) and fiche.state is FicheState.SENT,
        "meeting": MeetingForm(obj=fiche) if can_date and fiche.state in under_way else None,
        "appointment": AppointmentForm() if can_date and fiche.state is FicheState.ACCEPTED else None,
        **more,
    }


@bp.post("/dossiers/<uuid:dossier_id>/fiche-relais")
def prepare(dossier_id: UUID) -> Any:
    """Begin a fiche from the dossier, or go back to the one begun."""
    fiche = prepare_fiche(me(), get_dossier_to_change(me(), dossier_id))
    commit()
    return see(_page_of(fiche))


@bp.get("/fiches-relais/<uuid:fiche_id>")
@noting()
def show(fiche_id: UUID) -> str:
    """The form for who prepares it, the sheet for the others."""
    fiche = get_fiche(me(), fiche_id)
    if policies.can_edit_fiche(me(), fiche):
        return render_template(
            "dossiers/fiche_edit.html", fiche=fiche, dossier=fiche.dossier, form=_form(fiche)
        )
    return render_template("dossiers/fiche.html", **_context(fiche))


@bp.post("/fiches-relais/<uuid:fiche_id>")
def save(fiche_id: UUID) -> Any:
    """Keep what was completed and read it again before it is sent."""
    fiche = get_fiche(me(), fiche_id)
    form = _form(fiche)
    if not form.validate():
        return invalid("dossiers/fiche_edit.html", fiche=fiche, dossier=fiche.dossier, form=form)
    try:
        save_fiche(me(), fiche, **form.values())
        commit()
    except InvalidInputError as refusal:
        form.refuse(refusal.message, field=refusal.field)
        return invalid("dossiers/fiche_edit.html", fiche=fiche, dossier=fiche.dossier, form=form)
    except StaleError:
        rollback()
        kept = FicheForm(formdata=None, obj=fiche)
        kept.offer_people(fiche)
        form.keep_beside(kept)
        return render_template("dossiers/fiche_edit.html", fiche=fiche, dossier=fiche.dossier, form=form), 409
    return see(url_for("dossiers.fiche_relais.review", fiche_id=fiche.id), "La fiche relais est enregistrée.")


@bp.get("/fiches-relais/<uuid:fiche_id>/relire")
@noting()
def review(fiche_id: UUID) -> str:
    """The sheet as the next référent will read it, and the button that sends it."""
    fiche = get_fiche(me(), fiche_id)
    return render_template(
        "dossiers/fiche.html", **_context(fiche, can_send=policies.can_edit_fiche(me(), fiche))
    )


@bp.post("/fiches-relais/<uuid:fiche_id>/transmettre")
def send(fiche_id: UUID) -> Any:
    """Hand it over."""
    fiche = get_fiche(me(), fiche_id)
    try:
        send_fiche(me(), fiche)
    except InvalidInputError as refusal:
        form = _form(fiche)
        form.validate()
        form.refuse(refusal.message, field=refusal.field)
        return invalid("dossiers/fiche_edit.html", fiche=fiche, dossier=fiche.dossier, form=form)
    commit()
    return see(_page_of(fiche), "La fiche relais est transmise, la coordination en copie.")


@bp.post("/fiches-relais/<uuid:fiche_id>/accepter")
def accept(fiche_id: UUID) -> Any:
    """Take over."""
    fiche = get_fiche(me(), fiche_id)
    code = fiche.dossier.code
    accept_fiche(me(), fiche)
    commit()
    return see(_page_of(fiche), f"Le relais est accepté : le dossier {code} est le vôtre.")


@bp.post("/fiches-relais/<uuid:fiche_id>/rencontre")
def meeting(fiche_id: UUID) -> Any:
    """Fix the tripartite meeting."""
    fiche = get_fiche(me(), fiche_id)
    form = MeetingForm()
    if not form.validate():
        return invalid("dossiers/fiche.html", **_context(fiche, meeting=form, page_in_error=True))
    date_meeting(me(), fiche, **form.payload())
    commit()
    return see(_page_of(fiche), "La rencontre à trois est fixée.")


@bp.post("/fiches-relais/<uuid:fiche_id>/premier-rendez-vous")
def appointment(fiche_id: UUID) -> Any:
    """Write the first appointment down."""
    fiche = get_fiche(me(), fiche_id)
    form = AppointmentForm()
    if not form.validate():
        return invalid("dossiers/fiche.html", **_context(fiche, appointment=form, page_in_error=True))
    note_first_appointment(me(), fiche, **form.payload())
    commit()
    return see(_page_of(fiche), "Le premier rendez-vous est noté.")


@bp.get("/fiches-relais/<uuid:fiche_id>/pdf")
@noting()
def pdf(fiche_id: UUID) -> Response:
    """The sheet as a PDF; the name stands on it for the référent of the dossier alone."""
    fiche = get_fiche(me(), fiche_id)
    name = f"fiche-relais-{fiche.dossier.code}.pdf"
    return Response(
        fiche_pdf(fiche, _person_for(fiche)),
        mimetype="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{name}"'},
    )
