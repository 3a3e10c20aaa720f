"""Pages of the catalogue and of one offer's life."""

from typing import Any
from uuid import UUID

from flask import Blueprint, render_template, request, url_for
from werkzeug.wrappers import Response

from commission_app.accounts.queries import chosen_territory, territories_for
from commission_app.accounts.web import me
from commission_app.core.db import commit, rollback
from commission_app.core.errors import InvalidInputError, NotFoundError, StaleError
from commission_app.core.forms import VersionedForm
from commission_app.core.pages import paginate
from commission_app.core.policies import require
from commission_app.core.web import invalid, see
from commission_app.dossiers.states import DiagnosisItem
from commission_app.offers import queries, services
from commission_app.offers.forms import CarryForm, EditForm, NeedForm, OfferForm, PrescriptionForm
from commission_app.offers.models import Offer
from commission_app.offers.policies import (
    COORDINATORS,
    READERS,
    can_create_offer,
    can_manage_offer,
    can_prescribe,
)
from commission_app.offers.prescriptions import queries as prescriptions
from commission_app.offers.prescriptions.services import COUNTED
from commission_app.offers.states import OFFER_TRANSITIONS, OfferState
from commission_app.territories.models import Territory

bp = Blueprint("offers", __name__, url_prefix="/offres")
MOVES = {
    "study": (services.study_offer, "L’offre est à l’étude."),
    "open": (services.open_offer, "L’offre est ouverte : elle répond aux freins qu’elle nomme."),
    "close": (services.close_offer, "L’offre est fermée."),
}


@bp.get("")
def index() -> str:
    """The catalogue of a territory."""
    territories = territories_for(me(), *READERS)
    wanted_id = request.args.get("territoire", type=UUID)
    territory = next((one for one in territories if wanted_id in (None, one.id)), None)
    if territory is None:
        raise NotFoundError()
    found = queries.listed(
        me(),
        territory_id=territory.id,
        frein=request.args.get("frein", type=DiagnosisItem),
        state=request.args.get("etat", type=OfferState),
        text=request.args.get("q", "")[:100],
    )
    return render_template(
        "offers/index.html",
        page=paginate(found, number=request.args.get("page", 1, type=int)),
        territory=territory,
        territories=[(str(one.id), one.name) for one in territories],
        freins=DiagnosisItem.choices(),
        labels=dict(DiagnosisItem.choices()),
        states=OfferState.choices(),
        can_create=can_create_offer(me(), territory.id),
        args=request.args.to_dict(),
    )


@bp.get("/nouvelle")
def new() -> str:
    """An offer to write down."""
    return render_template("offers/new.html", form=OfferForm(), territory=_territory())


@bp.post("/nouvelle")
def create() -> Response | tuple[str, int]:
    """Write it down as an idea."""
    territory, form = _territory(), OfferForm()
    if not form.validate():
        return invalid("offers/new.html", form=form, territory=territory)
    values = {name: value for name, value in form.payload().items() if name != "version"}
    offer = services.create_offer_idea(me(), territory_id=territory.id, **values)
    commit()
    return see(url_for("offers.show", offer_id=offer.id), "L’offre est au catalogue comme une idée.")


@bp.get("/<uuid:offer_id>")
def show(offer_id: UUID) -> str:
    """One offer."""
    return render_template("offers/show.html", **offer_context(queries.get_offer(me(), offer_id)))


@bp.get("/<uuid:offer_id>/modifier")
def edit(offer_id: UUID) -> str:
    """What the catalogue says, to change."""
    offer = queries.get_offer(me(), offer_id)
    require(can_manage_offer(me(), offer), services.NOT_YOURS)
    return render_template("offers/edit.html", offer=offer, form=_edit_form(obj=offer))


@bp.post("/<uuid:offer_id>/modifier")
def save(offer_id: UUID) -> Response | tuple[str, int]:
    """Change it."""
    offer, form = queries.get_offer(me(), offer_id), _edit_form()
    if not form.validate():
        return invalid("offers/edit.html", offer=offer, form=form)
    try:
        services.edit_offer(me(), offer, **form.payload())
        commit()
    except StaleError:
        rollback()
        form.keep_beside(_edit_form(obj=offer, formdata=None))
        return invalid("offers/edit.html", offer=offer, form=form)
    return see(url_for("offers.show", offer_id=offer_id), "L’offre est enregistrée.")


@bp.post("/<uuid:offer_id>/etudier", endpoint="study", defaults={"kind": "study"})
@bp.post("/<uuid:offer_id>/ouvrir", endpoint="open", defaults={"kind": "open"})
@bp.post("/<uuid:offer_id>/fermer", endpoint="close", defaults={"kind": "close"})
def move(offer_id: UUID, kind: str) -> Response:
    """Study, open or close."""
    act, sentence = MOVES[kind]
    act(me(), queries.get_offer(me(), offer_id), version=VersionedForm().version.data or 0)
    commit()
    return see(url_for("offers.show", offer_id=offer_id), sentence)


@bp.post("/<uuid:offer_id>/porter")
def carry(offer_id: UUID) -> Response | tuple[str, int]:
    """Name who carries it."""
    offer = queries.get_offer(me(), offer_id)
    form = CarryForm().offer(queries.structures_acting(offer.territory_id))
    if not form.validate():
        return invalid("offers/show.html", **offer_context(offer, carry_form=form))
    services.carry_offer(me(), offer, **form.payload())
    commit()
    return see(url_for("offers.show", offer_id=offer_id), "L’offre est portée. Il reste à l’ouvrir.")


@bp.post("/<uuid:offer_id>/besoin")
def need(offer_id: UUID) -> Response | tuple[str, int]:
    """Add a dossier that shows the need."""
    offer, form = queries.get_offer(me(), offer_id), NeedForm()
    if not form.validate():
        return invalid("offers/show.html", **offer_context(offer, need_form=form))
    try:
        services.show_need(me(), offer, **form.payload())
    except InvalidInputError as error:
        form.refuse(error.message, field=error.field)
        return invalid("offers/show.html", **offer_context(offer, need_form=form))
    commit()
    return see(url_for("offers.show", offer_id=offer_id), "Le dossier est rattaché au besoin.")


def offer_context(
    offer: Offer,
    *,
    carry_form: CarryForm | None = None,
    need_form: NeedForm | None = None,
    count_form: PrescriptionForm | None = None,
) -> dict[str, object]:
    can_manage = can_manage_offer(me(), offer)
    acts = OFFER_TRANSITIONS.acts(offer.state) if can_manage else []
    months = prescriptions.prescriptions_by_month(offer.id)
    refused = [form for form in (carry_form, need_form, count_form) if form is not None]
    if "carry" in acts and carry_form is None:
        carry_form = CarryForm(formdata=None, version=offer.version).offer(
            queries.structures_acting(offer.territory_id)
        )
    return {
        "offer": offer,
        "labels": dict(DiagnosisItem.choices()),
        "acts": acts,
        "asked": request.args.get("acte", ""),
        "can_manage": can_manage,
        "can_count": can_prescribe(me(), offer) and offer.state in COUNTED,
        "need": queries.need_of(me(), offer),
        "months": months,
        "points": [(prescriptions.month_label(month), count) for month, count in months[-6:]],
        "carry_form": carry_form,
        "need_form": need_form or NeedForm(formdata=None),
        "count_form": count_form or PrescriptionForm(formdata=None).offer([month for month, _ in months]),
        "form": refused[0] if refused else None,
    }


def _territory() -> Territory:
    return chosen_territory(me(), request.args.get("territoire", type=UUID), *COORDINATORS)


def _edit_form(obj: Offer | None = None, **given: Any) -> EditForm:
    from commission_app.offers.inclusion.schema import THEMATIQUES

    return EditForm(obj=obj, **given).offer_themes(THEMATIQUES)
