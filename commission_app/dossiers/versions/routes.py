"""The history of a dossier with its versions, what changed between them, and what moved in the diagnosis."""

from collections import Counter
from typing import Any
from uuid import UUID

from flask import Blueprint, render_template, request, url_for

from commission_app.accounts.web import me
from commission_app.core.db import commit
from commission_app.core.errors import NotFoundError
from commission_app.core.web import see
from commission_app.dossiers.picture import POSITIONS, radar_of
from commission_app.dossiers.policies import can_edit_dossier
from commission_app.dossiers.queries import get_dossier, get_dossier_to_change, history_of
from commission_app.dossiers.states import Part, Sphere
from commission_app.dossiers.timeline import timeline_of
from commission_app.dossiers.versions.changes import Move, changes_between, moves_between
from commission_app.dossiers.versions.contents import content_of
from commission_app.dossiers.versions.queries import (
    earlier_diagnoses,
    get_version,
    read_version,
    versions_of,
)
from commission_app.dossiers.versions.services import begin_new_diagnosis

bp = Blueprint("versions", __name__)


@bp.get("/dossiers/<uuid:dossier_id>/historique")
def index(dossier_id: UUID) -> str:
    """Each change dated and signed, and the versions that were submitted."""
    dossier = get_dossier(me(), dossier_id)
    return render_template(
        "dossiers/history.html",
        dossier=dossier,
        versions=versions_of(dossier.id),
        history=history_of(dossier, limit=None),
    )


@bp.get("/dossiers/<uuid:dossier_id>/historique/<uuid:version_id>")
def show(dossier_id: UUID, version_id: UUID) -> str:
    """What changed from the version before to this one, or with `suite`, from this one to today."""
    dossier = get_dossier(me(), dossier_id)
    version = get_version(dossier, version_id)
    before = next((one for one in versions_of(dossier.id) if one.number < version.number), None)
    since = request.args.get("suite") == "aujourd-hui"
    if since:
        changes = changes_between(read_version(version), content_of(dossier))
    else:
        changes = changes_between(read_version(before) if before else {}, read_version(version))
    return render_template(
        "dossiers/version.html",
        dossier=dossier, version=version, before=before, since=since, changes=changes, parts=list(Part),
    )  # fmt: skip


@bp.get("/dossiers/<uuid:dossier_id>/evolution")
def evolution(dossier_id: UUID) -> str:
    """The diagnosis beside an earlier one: what moved since."""
    dossier = get_dossier(me(), dossier_id)
    earlier = earlier_diagnoses(dossier)
    wanted = request.args.get("depuis", type=UUID)
    chosen = next((one for one in earlier if one.id == wanted), earlier[0] if earlier else None)
    if chosen is None or (wanted is not None and chosen.id != wanted):
        raise NotFoundError()
    before, now = read_version(chosen)["levels"], content_of(dossier)["levels"]
    return render_template(
        "dossiers/evolution.html", dossier=dossier, chosen=chosen, earlier=earlier,
        **_moved(moves_between(before, now)), radar=radar_of(now), radar_before=radar_of(before),
    )  # fmt: skip


def _moved(moves: list[Move]) -> dict[str, Any]:
    return {
        "spheres": [(sphere, [move for move in moves if move.sphere is sphere]) for sphere in Sphere],
        "moved": [move for move in moves if move.has_moved],
        "positions": POSITIONS,
        "counts": Counter(move.now.label for move in moves),
    }


@bp.post("/dossiers/<uuid:dossier_id>/diagnostic/nouveau")
def renew(dossier_id: UUID) -> Any:
    """Do the diagnosis again: the present one is kept under its day."""
    dossier = get_dossier_to_change(me(), dossier_id)
    if not can_edit_dossier(me(), dossier):
        raise NotFoundError()
    version = begin_new_diagnosis(me(), dossier)
    commit()
    day = version.made_on.strftime("%d/%m/%Y")
    page = url_for("dossiers.parts.show", dossier_id=dossier.id, part=Part.DIAGNOSIS.value)
    return see(page, f"Le diagnostic du {day} est gardé. Celui-ci part de ses réponses.")


@bp.get("/dossiers/<uuid:dossier_id>/frise")
def timeline(dossier_id: UUID) -> str:
    """The parcours in time: its origin, its steps, its référents, what the commission made of it."""
    dossier = get_dossier(me(), dossier_id)
    return render_template("dossiers/timeline.html", dossier=dossier, timeline=timeline_of(dossier))
