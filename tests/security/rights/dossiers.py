"""Rights on dossiers, fiches relais, and what a person reads of oneself."""

from typing import Any

from commission_app.core import clock
from commission_app.core.db import db
from commission_app.dossiers.fiche_relais.models import FicheRelais
from commission_app.dossiers.fiche_relais.policies import (
    can_accept_fiche,
    can_date_fiche,
    can_edit_fiche,
    can_prepare_fiche,
    can_read_name_on_fiche,
    is_giver,
    is_taker,
    visible_fiches,
)
from commission_app.dossiers.personal.policies import can_give_link
from commission_app.dossiers.policies import (
    audiences_of,
    can_collect_agreement,
    can_coordinate_dossier,
    can_create_dossier,
    can_edit_dossier,
    can_see_dossier,
    can_see_identity,
    can_submit_dossier,
    can_withdraw_agreement,
    can_withdraw_dossier,
    coordinates_somewhere,
    is_coordination,
    is_referent,
    own_dossiers,
    visible_dossiers,
    writes_somewhere,
)
from commission_app.dossiers.rights.policies import can_answer_right, can_export_for_person
from commission_app.dossiers.states import DossierState, FicheState
from commission_app.dossiers.visibility import Audience, sees, sees_all
from tests.factories import make_dossier
from tests.security.rights_table import fact, right, scope

COORDINATION = {"coordinator", "two_places", "all_here"}
OWN = {"referent"}
SEES = OWN | COORDINATION
#: Whose it is counts for nothing where the role is another now: « moved » was référent of Arles.
LEFT = "left_behind"


def dossier_of(who, state=DossierState.RETAINED):
    """A dossier of Arles whose référent is somebody."""
    return lambda world: make_dossier(world[who], world.arles, state)


def erased(world):
    """A dossier of which nothing is left but what is counted."""
    found = make_dossier(world["referent"], world.arles, DossierState.CLOSED)
    found.erased_at = clock.now()
    return found


def fiche(dossier, giver, taker, state):
    """A hand-over of a dossier."""

    def make(world):
        found = FicheRelais(
            dossier=world[dossier], from_id=world[giver].id, to_id=world[taker].id, state=state
        )
        db.session.add(found)
        return found

    return make


OBJECTS: dict[str, Any] = {
    LEFT: dossier_of("moved", DossierState.DRAFT),
    "withdrawn": dossier_of("referent", DossierState.WITHDRAWN),
    "closed_dossier": dossier_of("referent", DossierState.CLOSED),
    "erased": erased,
    "far_fiche": fiche("dossier_elsewhere", "referent_elsewhere", "referent", FicheState.SENT),
    "far_draft": fiche("dossier_elsewhere", "referent_elsewhere", "moved", FicheState.DRAFT),
    "own_draft": fiche("retained", "referent", "referent_other", FicheState.DRAFT),
    "own_sent": fiche("retained", "referent", "referent_other", FicheState.SENT),
    "fiche_of_moved": fiche(LEFT, "moved", "participant", FicheState.SENT),
    "draft_of_moved": fiche(LEFT, "moved", "moved", FicheState.DRAFT),
    "over_draft": fiche("closed_dossier", "referent", "referent_other", FicheState.DRAFT),
    "over_sent": fiche("closed_dossier", "referent", "referent_other", FicheState.SENT),
    "given_away": fiche("retained", "referent_other", "referent", FicheState.DRAFT),
}


def audiences(actor, dossier, which):
    """Whether somebody reads a dossier in an audience."""
    return which in audiences_of(actor, dossier)


audiences.__module__ = audiences_of.__module__

RIGHTS = [
    right(is_referent, "dossier", yes=OWN),
    right(is_referent, LEFT, note="not référent there any more"),
    right(is_referent, "dossier_elsewhere", note="of somebody else"),
    right(is_coordination, "dossier", yes=COORDINATION),
    right(can_see_dossier, "dossier", yes=SEES),
    right(can_see_dossier, LEFT, yes=COORDINATION),
    right(can_create_dossier, "arles.id", yes={"referent", "referent_other", "all_here"}),
    right(writes_somewhere, yes={"referent", "referent_other", "referent_elsewhere", "moved", "all_here"}),
    right(coordinates_somewhere, yes={*COORDINATION, "coordinator_elsewhere", "both"}),
    right(can_edit_dossier, "draft", yes=OWN),
    right(can_edit_dossier, "retained", note="no draft any more"),
    right(can_submit_dossier, "dossier", yes=OWN),
    right(can_coordinate_dossier, "dossier", yes=COORDINATION),
    right(can_withdraw_dossier, "dossier", yes=SEES),
    right(can_see_identity, "dossier", yes=SEES),
    right(can_collect_agreement, "dossier", yes=OWN),
    right(can_withdraw_agreement, "dossier", yes=SEES),
    right(audiences, "dossier", Audience.REFERENT, yes=OWN),
    right(audiences, "dossier", Audience.COORDINATION, yes=COORDINATION),
    right(audiences, "dossier", Audience.COMMISSION),
    scope(visible_dossiers, "dossier", yes=SEES),
    scope(visible_dossiers, LEFT, yes=COORDINATION),
    scope(visible_dossiers, "erased"),
    scope(visible_dossiers, "dossier_elsewhere", yes={"coordinator_elsewhere", "both", "two_places"}),
    scope(own_dossiers, "dossier", yes=OWN),
    scope(own_dossiers, LEFT),
    right(can_prepare_fiche, "dossier", yes=OWN),
    right(can_prepare_fiche, "closed_dossier"),
    right(can_prepare_fiche, "withdrawn"),
    right(is_giver, "own_draft", yes=OWN),
    right(is_taker, "own_sent", yes={"referent_other"}),
    right(is_taker, "fiche_of_moved", note="a participant"),
    right(is_taker, "draft_of_moved", note="référent elsewhere"),
    right(is_taker, "far_fiche", note="référent here, the dossier elsewhere"),
    right(can_edit_fiche, "own_draft", yes=OWN),
    right(can_edit_fiche, "own_sent", note="sent"),
    right(can_edit_fiche, "over_draft", note="the dossier is closed"),
    right(can_edit_fiche, "given_away", note="of who gives no more"),
    right(can_accept_fiche, "own_sent", yes={"referent_other"}),
    right(can_accept_fiche, "over_sent", note="the dossier is closed"),
    right(can_date_fiche, "own_sent", yes={"referent", "referent_other", *COORDINATION}),
    right(can_read_name_on_fiche, "own_sent", yes=OWN),
    scope(visible_fiches, "own_draft", yes=OWN),
    scope(visible_fiches, "own_sent", yes={"referent", "referent_other", *COORDINATION}),
    scope(visible_fiches, "fiche_of_moved", yes=COORDINATION, note="who gives is référent elsewhere"),
    scope(
        visible_fiches, "far_fiche", yes={"referent_elsewhere", "coordinator_elsewhere", "both", "two_places"}
    ),
    scope(visible_fiches, "far_draft", yes={"referent_elsewhere"}),
    right(can_give_link, "dossier", yes=OWN),
    right(can_give_link, "withdrawn"),
    right(can_answer_right, "dossier", yes=OWN),
    right(can_export_for_person, "dossier", yes=SEES),
    fact(
        sees,
        lambda _w: [one for one in Audience if sees(one, "person.unknown")] == [],
        note="an unknown field",
    ),
    fact(sees, lambda _w: not sees(Audience.COMMISSION, "person.last_name"), note="a name, the commission"),
    fact(
        sees_all,
        lambda _w: not sees_all(Audience.NEXT_REFERENT, ("dossier.question", "person.phone")),
        note="one of two",
    ),
]
