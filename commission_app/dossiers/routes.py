"""Lists of dossiers, the page of one, its shared presentation and its acts."""

from typing import Any
from uuid import UUID

from flask import Blueprint, render_template, request, url_for

from commission_app.accounts.models import User
from commission_app.accounts.queries import chosen_territory, territories_for
from commission_app.accounts.states import Role
from commission_app.accounts.web import is_background, me
from commission_app.core.db import commit
from commission_app.core.errors import NotFoundError
from commission_app.core.forms import uuid_or_none
from commission_app.core.web import STILL_READABLE, see
from commission_app.dossiers import acts
from commission_app.dossiers.acts import ACTS
from commission_app.dossiers.agreement import routes as agreement
from commission_app.dossiers.agreement.queries import current_agreement
from commission_app.dossiers.exchange import routes as exchange
from commission_app.dossiers.fiche_relais import routes as fiche_relais
from commission_app.dossiers.fiche_relais.policies import can_prepare_fiche
from commission_app.dossiers.fiche_relais.queries import fiches_of, waiting_fiches
from commission_app.dossiers.lists import SORTS, listed_dossiers
from commission_app.dossiers.models import Dossier
from commission_app.dossiers.parts import routes as parts
from commission_app.dossiers.person import routes as person
from commission_app.dossiers.person.twins import MAY_EXIST, may_exist_already, twin_dossiers
from commission_app.dossiers.personal import routes as personal
from commission_app.dossiers.policies import (
    can_edit_dossier,
    can_withdraw_dossier,
    coordinates_somewhere,
    is_referent,
    writes_somewhere,
)
from commission_app.dossiers.presentation import header_of, needed_words
from commission_app.dossiers.queries import (
    checked_parts,
    get_dossier,
    get_dossier_to_change,
    history_of,
    presentation_of,
)
from commission_app.dossiers.rights import routes as rights
from commission_app.dossiers.rights.queries import correction_waits
from commission_app.dossiers.services import create_dossier, submit_dossier
from commission_app.dossiers.states import DossierState
from commission_app.dossiers.versions import routes as versions
from commission_app.dossiers.visibility import PART_SEEN
from commission_app.dossiers.writing.queries import open_clashes
from commission_app.territories.models import Territory

bp = Blueprint("dossiers", __name__)
for _subject in (parts, person, agreement, exchange, fiche_relais, versions, personal, rights):
    bp.register_blueprint(_subject.bp)

SORT_WORDS = [
    ("recent", "Changés récemment"),
    ("ancien", "Sans changement depuis longtemps"),
    ("code", "Code"),
]


def wanted_id(name: str) -> UUID | None:
    """An identifier in the address; a malformed one is nobody's."""
    try:
        return uuid_or_none(request.args.get(name))
    except ValueError as error:
        raise NotFoundError() from error


def shows_territory(actor: User) -> bool:
    """Whether the list is about a territory: for the coordination, unless its own dossiers are wanted."""
    return coordinates_somewhere(actor) and not (
        writes_somewhere(actor) and request.args.get("vue") == "mes-dossiers"
    )


@bp.get("/dossiers")
def index() -> str:
    """« Mes dossiers » of a référent, or the dossiers of a territory for its coordination."""
    actor = me()
    territory = None
    coordinated = territories_for(actor, Role.COORDINATOR) if coordinates_somewhere(actor) else []
    if shows_territory(actor):
        territory = _chosen(coordinated, wanted_id("territoire"))
    elif not writes_somewhere(actor):
        raise NotFoundError()
    state = next((one for one in DossierState if one.value == request.args.get("etat")), None)
    page = listed_dossiers(
        actor,
        territory=territory,
        search=request.args.get("code", ""),
        state=state,
        sort=request.args.get("tri", "recent"),
        number=max(1, request.args.get("page", 1, type=int)),
    )
    return render_template(
        "dossiers/index.html",
        page=page,
        territory=territory,
        state=state,
        states=DossierState.choices(),
        sorts=SORT_WORDS,
        sort=request.args.get("tri", "recent") if request.args.get("tri") in SORTS else "recent",
        is_filtered=bool(state or request.args.get("code")),
        coordinated=coordinated,
        territory_choices=[(one.id, one.name) for one in coordinated],
        written=territories_for(actor, Role.REFERENT) if writes_somewhere(actor) else [],
        waiting=waiting_fiches(actor),
    )


def _chosen(territories: list[Territory], wanted_id: UUID | None) -> Territory:
    """The territory wanted, else the first; another's is nobody's."""
    found = [one for one in territories if wanted_id in (None, one.id)]
    if not found:
        raise NotFoundError()
    return found[0]


@bp.post("/dossiers/nouveau")
def create() -> Any:
    """Open a draft on a territory and go on to its seven parts."""
    actor = me()
    written = request.form.get("territory_id", type=UUID)
    territory = chosen_territory(actor, written, Role.REFERENT)
    dossier = create_dossier(actor, territory_id=territory.id)
    commit()
    return see(url_for("dossiers.show", dossier_id=dossier.id), f"Le dossier {dossier.code} est ouvert.")


@bp.get("/dossiers/<uuid:dossier_id>")
def show(dossier_id: UUID) -> str:
    """The seven parts for who writes; the state, the acts and the history for who follows."""
    actor = me()
    dossier = get_dossier(actor, dossier_id, with_talks=True)
    if can_edit_dossier(actor, dossier):
        return render_template("dossiers/prepare.html", **_written(actor, dossier))
    return render_template("dossiers/show.html", **_followed(actor, dossier))


def _written(actor: User, dossier: Dossier) -> dict[str, Any]:
    return {
        "dossier": dossier,
        "parts": checked_parts(dossier),
        "seen": PART_SEEN,
        "history": history_of(dossier),
        "fiches": fiches_of(dossier),
        "correction_waits": correction_waits(dossier),
        "open_remarks": [remark for remark in dossier.remarks if remark.answered_at is None],
        "can_prepare_fiche": can_prepare_fiche(actor, dossier),
        "warning": MAY_EXIST if may_exist_already(dossier) else "",
    }


def _followed(actor: User, dossier: Dossier) -> dict[str, Any]:
    return {
        "dossier": dossier,
        "header": header_of(dossier),
        "needed": list(needed_words(dossier)),
        "history": history_of(dossier),
        "agreement": current_agreement(dossier.id),
        "fiches": fiches_of(dossier),
        "acts": acts.open_acts(actor, dossier),
        "is_referent": is_referent(actor, dossier),
        "correction_waits": correction_waits(dossier),
        "can_ask_precision": acts.can_ask_precision(actor, dossier),
        "can_note_exchange": acts.can_note_exchange(actor, dossier),
        "can_withdraw": ACTS["retirer"].is_open(actor, dossier) and can_withdraw_dossier(actor, dossier),
        "can_prepare_fiche": can_prepare_fiche(actor, dossier),
        "twins": twin_dossiers(actor, dossier),
    }


@bp.get("/dossiers/<uuid:dossier_id>/verifier")
def check(dossier_id: UUID) -> str:
    """What is missing, with a way to each part, and the whole dossier to read again before it is sent."""
    actor = me()
    dossier = get_dossier(actor, dossier_id)
    return render_template(
        "dossiers/check.html",
        dossier=dossier,
        parts=checked_parts(dossier),
        presentation=presentation_of(dossier),
        open_remarks=[remark for remark in dossier.remarks if remark.answered_at is None],
        clashes=open_clashes(dossier.id),
        can_submit=acts.can_submit_now(actor, dossier),
    )


@bp.post("/dossiers/<uuid:dossier_id>/soumettre")
def submit(dossier_id: UUID) -> Any:
    """Send the dossier to the coordination."""
    actor = me()
    dossier = get_dossier_to_change(actor, dossier_id)
    submit_dossier(actor, dossier)
    commit()
    message = f"Le dossier {dossier.code} est soumis. La coordination est prévenue."
    return see(url_for("dossiers.show", dossier_id=dossier.id), message)


@bp.get("/dossiers/<uuid:dossier_id>/presentation")
def presentation(dossier_id: UUID) -> Any:
    """What the commission will read, on screen and on paper."""
    dossier = get_dossier(me(), dossier_id)
    if is_background():
        return STILL_READABLE
    return render_template(
        "dossiers/presentation.html", dossier=dossier, presentation=presentation_of(dossier)
    )


@bp.get("/dossiers/<uuid:dossier_id>/actes/<name>")
def confirm(dossier_id: UUID, name: str) -> str:
    """What will happen, before a final act."""
    actor = me()
    dossier = get_dossier(actor, dossier_id)
    act = ACTS.get(name)
    if act is None or not act.consequences or not act.is_open(actor, dossier):
        raise NotFoundError()
    return render_template("dossiers/confirm.html", dossier=dossier, act=act)


@bp.post("/dossiers/<uuid:dossier_id>/actes/<name>")
def act(dossier_id: UUID, name: str) -> Any:
    """Do one of the acts of the table."""
    actor = me()
    dossier = get_dossier_to_change(actor, dossier_id)
    if name not in ACTS:
        raise NotFoundError()
    ACTS[name].run(actor, dossier)
    commit()
    return see(url_for("dossiers.show", dossier_id=dossier.id), ACTS[name].done)
