"""Urgent requests: asking, following, taking up, answering, closing."""

from uuid import UUID

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from commission_app.accounts.queries import chosen_territory
from commission_app.accounts.web import config, me
from commission_app.binomes.models import Binome, UrgentRequest
from commission_app.binomes.policies import READERS
from commission_app.binomes.queries import directory, get_binome, with_duties
from commission_app.binomes.states import Competence
from commission_app.binomes.urgent.forms import AnswerForm, UrgentForm
from commission_app.binomes.urgent.pages import shown
from commission_app.binomes.urgent.queries import OwnDossier, all_requests, get_request, own_dossiers
from commission_app.binomes.urgent.services import (
    answer_request,
    ask_urgently,
    close_request,
    relay_request,
    take_request,
)
from commission_app.core.db import commit
from commission_app.core.pages import paginate
from commission_app.core.web import see

bp = Blueprint("urgent", __name__, url_prefix="/binomes")


@bp.get("/urgences")
def index() -> str:
    """The requests that one may read, the latest first."""
    page = paginate(all_requests(me()), number=request.args.get("page", 1, type=int))
    return render_template("binomes/requests.html", page=page)


@bp.get("/urgence")
def choose() -> str:
    """Which structure to call: the first step of a request."""
    territory = chosen_territory(me(), request.args.get("territoire", type=UUID), *READERS)
    competence = request.args.get("competence", "")
    return render_template(
        "binomes/choose.html",
        territory=territory,
        pairs=directory(territory.id, competence=competence),
        competence=competence,
        competences=Competence.choices(),
    )


@bp.get("/<uuid:binome_id>/urgence")
def new(binome_id: UUID) -> str:
    """The form of a request to one pair."""
    binome = get_binome(me(), binome_id)
    return _page_new(binome, _form(own_dossiers(me())))


@bp.post("/<uuid:binome_id>/urgence")
def create(binome_id: UUID) -> ResponseReturnValue:
    """Call the pair for help."""
    binome = get_binome(me(), binome_id)
    dossiers = own_dossiers(me())
    form = _form(dossiers)
    if not form.validate():
        return _page_new(binome, form), 422
    values = form.payload()
    wanted = values.pop("dossier_id")
    dossier = next((one for one in dossiers if one.id == wanted), None)
    asked = ask_urgently(me(), binome, dossier=dossier, **values)
    commit()
    return see(
        url_for("urgent.show", request_id=asked.id), "La demande est partie. Vous suivez ici qui la prend."
    )


@bp.get("/urgences/<uuid:request_id>")
def show(request_id: UUID) -> str:
    """A request: what is needed, who was asked, who has it."""
    return _page(get_request(me(), request_id), AnswerForm())


@bp.post("/urgences/<uuid:request_id>/prendre")
def take(request_id: UUID) -> ResponseReturnValue:
    """Take the request up."""
    take_request(me(), get_request(me(), request_id))
    commit()
    return see(_url(request_id), "Vous avez pris la demande en charge. La personne qui demande le sait.")


@bp.post("/urgences/<uuid:request_id>/passer")
def pass_on(request_id: UUID) -> ResponseReturnValue:
    """Ask the next level now."""
    relay_request(me(), get_request(me(), request_id))
    commit()
    return see(_url(request_id), "La demande est passée au suivant.")


@bp.post("/urgences/<uuid:request_id>/repondre")
def answer(request_id: UUID) -> ResponseReturnValue:
    """Say what can be done."""
    asked = get_request(me(), request_id)
    form = AnswerForm()
    if not form.validate():
        return _page(asked, form), 422
    answer_request(me(), asked, **form.payload())
    commit()
    return see(_url(request_id), "Votre réponse est transmise.")


@bp.post("/urgences/<uuid:request_id>/clore")
def close(request_id: UUID) -> ResponseReturnValue:
    """End the request."""
    close_request(me(), get_request(me(), request_id))
    commit()
    return see(_url(request_id), "La demande est close.")


def _form(dossiers: list[OwnDossier]) -> UrgentForm:
    form = UrgentForm()
    form.offer(dossiers, config().urgent_delay_minutes)
    return form


def _url(request_id: UUID) -> str:
    return url_for("urgent.show", request_id=request_id)


def _page_new(binome: Binome, form: UrgentForm) -> str:
    return render_template("binomes/ask.html", binome=binome, pair=with_duties([binome])[0], form=form)


def _page(asked: UrgentRequest, form: AnswerForm) -> str:
    return render_template("binomes/request.html", view=shown(me(), asked), form=form)
